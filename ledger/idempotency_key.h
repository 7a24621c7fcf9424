// What makes an event the same event when it is sent again: its source and id.
#pragma once

#include <string>
#include <string_view>

#include "ledger/event.h"

namespace ledger {

// `source#id`, as the idempotency table and people spell it. A source has no '#', so no two
// events share a key by chance.
std::string idempotency_key(std::string_view source, std::string_view id);
std::string idempotency_key(const schema::Event& event);
void append_idempotency_key(const schema::Event& event, std::string& out);

}  // namespace ledger

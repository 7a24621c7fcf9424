// What makes an event the same event when it is sent again: its source and id.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "ledger/event.h"

namespace ledger {

// `source#id`, as the idempotency table and people spell it. A source has no '#', so no two
// events share a key by chance.
std::string idempotency_key(std::string_view source, std::string_view id);
std::string idempotency_key(const schema::Event& event);
void append_idempotency_key(const schema::Event& event, std::string& out);
std::size_t idempotency_key_size(const schema::Event& event);  // in bytes

}  // namespace ledger

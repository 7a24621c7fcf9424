// Whether an event was signed by the author it names.
#pragma once

#include <optional>
#include <string_view>

#include "ledger/author_key.h"
#include "ledger/base/error.h"
#include "ledger/event.h"

namespace ledger {

// Whether the signature of the event is good under `key`, for the ledger with that origin.
// Fails with `invalid` when there is no text to check, since a personal value lacks its salt.
// Requires a signed event.
Result<bool> is_signed_by(const schema::Event& event, const proof::ed25519::PublicKey& key,
                          std::string_view origin);

// Whether the author may sign such an event: its role, its dealer, its business date. Fails
// with `invalid`, naming the field.
Status check_mandate(const schema::Event& event, const AuthorKey& author);

// The `dealer` that the data of the event name, if they do.
std::optional<std::string_view> dealer_in(const schema::Event& event);

}  // namespace ledger

// A personal value under its person's key: what a sealed field holds, and what it is known by.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ledger/base/bytes.h"
#include "ledger/event.h"
#include "ledger/personal_commitment.h"
#include "ledger/vault_record.h"

namespace ledger {

struct OpenedValue {
  PersonalSalt salt;
  std::string value;
};

// Appends the ciphertext of salt ‖ value to `out`, bound to the event and to the field, so
// that it opens nowhere else.
void seal_value(const PersonKeys& keys, const schema::Event& event, std::string_view field,
                const OpenedValue& value, std::string& out);

// Nothing when the keys are another's, a bit was changed, or the value was sealed for another
// place. Requires the sealed form.
std::optional<OpenedValue> open_value(const PersonKeys& keys, const schema::Event& event,
                                      std::string_view field, const schema::Personal& sealed);

// Equal for equal values of the same field of the same event, and of one person only.
Hash value_digest(const PersonKeys& keys, const schema::Event& event, std::string_view field,
                  std::string_view value);

// By which one who is known by name is found again: equal for equal names at one dealer.
Hash name_digest(const PersonKeys& keys, std::string_view dealer, std::string_view name);

}  // namespace ledger

// The salts that an author chose for the personal values of a signed event.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/base/message.h"
#include "ledger/catalogue.h"
#include "ledger/personal_commitment.h"

namespace ledger {

// By the place of the field among `EventRule::fields`. Outside, the attribute `authorsalts`:
// `owner=<32 hex digits>,plate=<32 hex digits>`, in any order.
class AuthorSalts {
 public:
  void clear() { salts_.clear(); }

  // Reads the attribute; false when it is not spelled so, names a field twice, or one that
  // can hold no personal value.
  bool parse(std::string_view text, const EventRule& event);

  // Null when the field has none.
  const PersonalSalt* find(std::size_t place) const;

 private:
  bool parse_one(std::string_view text, const EventRule& event);

  std::vector<std::pair<std::size_t, PersonalSalt>> salts_;
};

// Appends `field=hex`, with a comma before it unless `out` is empty.
void append_author_salt(std::string_view field, const PersonalSalt& salt, std::string& out);

// What the attribute must look like for events of this type, in words.
Message author_salts_wanted(const EventRule& event);

}  // namespace ledger

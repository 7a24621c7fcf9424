#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/reader.h"
#include "ledger/vault.h"

namespace ledger {

// One person of whom the log holds sealed values.
struct SealedPerson {
  std::int64_t fields = 0;
  Sequence first;  // the event that names them first, and last
  Sequence last;
  bool erased = false;                         // as the log says
  Person::State key = Person::State::unknown;  // as the vault says, if it was asked
};

using SealedPersons = std::map<std::string, SealedPerson, std::less<>>;

// Those whose ids begin so, by id. Without a vault `key` stays unknown.
Result<SealedPersons> sealed_persons(const Reader& reader, const Vault* vault,
                                     std::string_view beginning);

}  // namespace ledger

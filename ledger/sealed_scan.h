#pragma once

#include <functional>

#include "ledger/base/error.h"
#include "ledger/catalogue.h"
#include "ledger/event.h"
#include "ledger/reader.h"

namespace ledger {

// Visits every sealed value of a view in log order, until `visit` fails.
using SealedVisit = std::function<Status(const Entry& entry, const FieldRule& field,
                                         const schema::Personal& sealed)>;
Status each_sealed(const Reader& reader, const SealedVisit& visit);
// The same of one entry.
Status each_sealed(const Entry& entry, const SealedVisit& visit);

// The stream of what was done about a person; not empty once they are erased.
inline std::string person_subject(std::string_view person) {
  return "person/" + std::string(person);
}

}  // namespace ledger

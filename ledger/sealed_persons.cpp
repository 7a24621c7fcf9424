#include "ledger/sealed_persons.h"

#include "ledger/sealed_scan.h"

namespace ledger {

Result<SealedPersons> sealed_persons(const Reader& reader, const Vault* vault,
                                     std::string_view beginning) {
  SealedPersons persons;
  TRY(each_sealed(
      reader, [&](const Entry& entry, const FieldRule&, const schema::Personal& sealed) -> Status {
        const auto id = sealed.person()->string_view();
        if (!id.starts_with(beginning)) return Ok{};
        auto& person = persons[std::string(id)];
        if (person.fields++ == 0) person.first = entry.index;
        person.last = entry.index;
        return Ok{};
      }));
  for (auto& [id, person] : persons) {
    person.erased = !TRY(reader.stream(person_subject(id))).empty();
    if (vault != nullptr) person.key = TRY(vault->find(id)).state;
  }
  return persons;
}

}  // namespace ledger

#include "ledger/sealed_scan.h"

#include <algorithm>

#include "ledger/stored_field.h"

namespace ledger {
namespace {

std::bitset<256> types_with_persons() {
  std::bitset<256> types;
  for (const auto& rule : catalogue().events()) {
    const bool any = std::any_of(rule.fields.begin(), rule.fields.end(), [](const auto& field) {
      return field.storage == Storage::personal;
    });
    if (any) types.set(static_cast<std::size_t>(rule.type));
  }
  return types;
}

}  // namespace

Status each_sealed(const Reader& reader, const SealedVisit& visit) {
  Selection selection;
  selection.types = types_with_persons();
  return reader.scan(selection,
                     [&](const Entry& entry) -> Status { return each_sealed(entry, visit); });
}

Status each_sealed(const Entry& entry, const SealedVisit& visit) {
  const auto& payload = payload_table(*entry.event);
  for (const auto& field : catalogue().find(entry.type())->fields) {
    if (field.storage != Storage::personal) continue;
    const auto* value = pointer_in<schema::Personal>(payload, field);
    if (value == nullptr || value->form() != schema::PersonalForm::sealed) continue;
    TRY(visit(entry, field, *value));
  }
  return Ok{};
}

}  // namespace ledger

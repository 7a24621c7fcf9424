#include "ledger/personal_field.h"

#include <string_view>

#include "ledger/base/check.h"
#include "ledger/stored_field.h"

namespace ledger {
namespace {

// Of classes that organisations are in too.
bool is_natural_class(std::string_view name) {
  return name == "recognised" || name == "taxi";
}

}  // namespace

bool names_person(const EventRule& event, const FieldRule& field, const NumberAt& number_at) {
  if (field.storage != Storage::personal) return false;
  if (field.personal != "natural_customer") return true;
  const auto class_at = event.field_names.find("class");
  const auto uscc_at = event.field_names.find("uscc");
  check(class_at && uscc_at, "what may be a natural customer has a class and may have a uscc");
  const auto number = number_at(*class_at);
  if (!number) return true;  // never taken for an organisation for want of a word
  const auto name = event.fields[*class_at].values[static_cast<std::size_t>(*number)];
  return is_natural_class(name) && !number_at(*uscc_at);
}

bool names_person(const schema::Event& stored, const EventRule& event, const FieldRule& field) {
  const auto& payload = payload_table(stored);
  return names_person(event, field, [&](std::size_t place) -> std::optional<std::int64_t> {
    const auto& at = event.fields[place];
    if (!is_present(payload, at)) return std::nullopt;
    return number_in(payload, at);
  });
}

}  // namespace ledger

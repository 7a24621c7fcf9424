#include "projections/proposed_event.h"

#include "ledger/proof/hash.h"
#include "projections/json.h"

namespace projections {

std::string outside_form(const ProposedEvent& event) {
  std::string line;
  JsonObject object(line);
  object.text("specversion", "1.0");
  object.text("id", event.id);
  object.text("source", event.source);
  object.text("type", event.type);
  object.text("subject", event.subject);
  object.text("time", to_string(event.day) + "T12:00:00+08:00");
  if (!event.role.empty()) object.text("role", event.role);
  if (!event.causation.empty()) object.text("causationid", event.causation);
  object.raw("data", event.data);
  object.close();
  return line;
}

std::string id_of(std::string_view prefix, std::initializer_list<std::string_view> parts) {
  ledger::proof::Sha256 hash;
  for (const auto part : parts) {
    hash.add(ledger::bytes_of(part));
    hash.add(ledger::bytes_of("\n"));
  }
  constexpr std::string_view digits = "0123456789abcdef";
  constexpr std::size_t bytes = 12;
  std::string id(prefix);
  const auto digest = hash.finish();
  for (std::size_t at = 0; at < bytes; ++at) {
    const auto byte = std::to_integer<unsigned>(digest[at]);
    id += digits[byte >> 4];
    id += digits[byte & 15];
  }
  return id;
}

}  // namespace projections

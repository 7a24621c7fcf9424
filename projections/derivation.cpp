#include "projections/derivation.h"

#include "projections/json.h"

namespace projections {
namespace {

void append_input(const Derivation::Input& input, const EventNames& events, std::string& out) {
  JsonObject object(out);
  object.text("name", input.name);
  if (const auto* number = std::get_if<std::int64_t>(&input.value)) {
    object.number("value", *number);
  } else {
    object.text("value", std::get<std::string>(input.value));
  }
  if (input.event) {
    std::string event;
    events.append(*input.event, event);
    object.raw("event", event);
  }
  object.close();
}

}  // namespace

void collect_events(const Derivation& derivation, std::vector<std::uint32_t>& into) {
  for (const auto& input : derivation.inputs) {
    if (input.event) into.push_back(*input.event);
  }
  for (const auto& child : derivation.children) collect_events(child, into);
}

void append_derivation(const Derivation& derivation, const EventNames& events,
                       const std::optional<std::string>& unmet, std::string& out) {
  JsonObject object(out);
  object.text("label", derivation.label);
  object.text("clause", derivation.clause);
  object.number("amount_fen", derivation.amount_fen);
  object.text("formula", derivation.formula);
  object.array("inputs", derivation.inputs, [&](const Derivation::Input& input, std::string& to) {
    append_input(input, events, to);
  });
  object.array("children", derivation.children, [&](const Derivation& child, std::string& to) {
    append_derivation(child, events, std::nullopt, to);
  });
  if (unmet) object.raw("unmet", *unmet);
  object.close();
}

}  // namespace projections

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "projections/event_names.h"

namespace projections {

// How an amount came about: its clause, the formula, the values that went in with the
// events they come from, and the summands it is made of. Children are summands only, and
// add up exactly to their parent; factors are inputs.
struct Derivation {
  struct Input {
    std::string name;
    std::variant<std::int64_t, std::string> value;
    std::optional<std::uint32_t> event;  // log index
  };

  std::string label;
  std::string_view clause;
  std::int64_t amount_fen = 0;
  std::string formula;
  std::vector<Input> inputs;
  std::vector<Derivation> children;

  void add(std::string name, std::int64_t value,
           std::optional<std::uint32_t> event = std::nullopt) {
    inputs.push_back({std::move(name), value, event});
  }

  void add(std::string name, std::string_view value,
           std::optional<std::uint32_t> event = std::nullopt) {
    inputs.push_back({std::move(name), std::string(value), event});
  }
};

// Adds the log indexes of every event that the tree cites.
void collect_events(const Derivation& derivation, std::vector<std::uint32_t>& into);

// Appends the tree as one JSON object. `unmet`, an array as JSON, stands in the root of a
// line whose conditions failed.
void append_derivation(const Derivation& derivation, const EventNames& events,
                       const std::optional<std::string>& unmet, std::string& out);

}  // namespace projections

// Which single event moves the most money, were it missing or false.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "projections/amounts.h"
#include "projections/components.h"
#include "projections/policy/money.h"

namespace projections {

// What is supposed of one event: that it is missing, or that its vehicle was found false on
// its order, which can be supposed of an event that names both.
enum class Doubt : std::uint8_t { without, is_false };

// A supposition and what it comes to: the lines that `what_if` gives for it.
struct Impact {
  ledger::Sequence event;
  Doubt doubt{};
  policy::Int128 moved_fen = 0;    // Σ |difference| of entitled
  std::vector<ChangedLine> lines;  // sorted by name
};

// What is to be weighed and how much of it told.
struct ImpactQuestion {
  Cut cut;
  std::optional<std::string> dealer, customer, order;  // only what moves a line of each given
  std::size_t top = 10;
  unsigned threads = 1;
  // Called from one thread at a time, in no particular rhythm, with the events weighed so far
  // and those there are to weigh.
  std::function<void(std::uint64_t, std::uint64_t)> progress = [](auto, auto) {};
};

struct Impacts {
  std::vector<Impact> ranked;          // most moved first, then by event, then by doubt
  std::vector<std::string> overflows;  // lines that some supposition could not compare
  std::uint64_t weighed = 0;           // suppositions
};

// Weighs every event that exists in the cut, and every void known to it, by replaying only the
// components it bears on: component by component, as much of the log in memory at a time as
// some hundred thousand events take. What moves no entitlement is not ranked. `components` are
// those of `source`. The answer does not depend on the threads. Fails as a replay does.
ledger::Result<Impacts> weigh_events(const EventSource& source, const Components& components,
                                     const ImpactQuestion& question);

// A line of JSON for each of `ranked` (cli.md, `impact`); a sum beyond int64 is named in
// `overflows` instead.
ledger::Result<std::vector<std::string>> print_impacts(const EventSource& source, Impacts& impacts);

}  // namespace projections

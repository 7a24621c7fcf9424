// A national history of fleet sales that never was, in the outside form of events: the
// input of the benchmarks and of whoever wants to see the program at work.
//
// The log is taken over area by area, as a maker connects one city after another: each
// area brings its dealers, its customers and their two years, 2017 and 2018, in the
// order in which its systems recorded them, late recordings included. A longer history
// has more areas, not other dates; hence it starts with every shorter one, and only one
// area is in memory at a time. The first areas are small, so that a few thousand
// events already tell of settlements, frauds and clawbacks.
//
// The same options give the same bytes on every machine: chance comes from `Dice`
// alone, and there is no clock, locale or floating point.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace cli::generate {

struct Options {
  std::uint64_t events{};
  std::uint64_t seed{};
};

// What it took to tell a history.
struct Summary {
  std::uint64_t areas{};
  std::uint64_t events_held_max{};  // most events in memory at one time
  std::uint64_t bytes_held_max{};   // and of their text
};

// Calls `sink` with exactly `options.events` lines, each one event without line end.
// A line is valid until the call returns.
Summary generate_history(const Options& options,
                         const std::function<void(std::string_view line)>& sink);

}  // namespace cli::generate

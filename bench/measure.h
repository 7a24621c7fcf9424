#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/error.h"

namespace bench {

// How fast something went in several rounds, in events a second.
struct Spread {
  double lowest = 0, median = 0, highest = 0;
};

// Requires at least one rate.
Spread spread_of(std::vector<double> rates);

// How long single pieces of work took, in microseconds.
struct Latency {
  double p50_us = 0, p99_us = 0;
};

// Of the seconds that each took. Requires at least one.
Latency latency_of(std::vector<double> seconds);

// What came of a round.
struct Lap {
  double seconds;                       // of the work alone, without setting up and clearing away
  double bytes_per_event = 0;           // on disk, of the ledger that was made or read
  std::optional<Latency> latency = {};  // where each piece was timed
};

using Round = std::function<ledger::Result<Lap>()>;

// What we do, and the least that anything could do that leaves the same records behind
// or has seen the same bytes.
struct Contest {
  std::string work;      // as in the output
  std::uint64_t events;  // that each round handles
  int rounds;
  Round ours, ceiling;
};

struct Score {
  std::string work;
  Spread ours, ceiling;
  double bytes_per_event;               // of ours, in the last round
  double ceiling_bytes_per_event;       // where the other side tells
  std::uint64_t peak_rss_bytes;         // during our rounds, all that the process holds
  std::optional<Latency> latency = {};  // of ours, in the round whose p99 is the median

  double ratio() const { return ours.median / ceiling.median; }
};

// Runs the two in turn, so that a machine that slows down slows both. Requires a round.
ledger::Result<Score> measure(const Contest& contest);

}  // namespace bench

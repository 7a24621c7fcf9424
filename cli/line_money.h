// The money of every line under one state of a log, and how far several states lie apart.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "projections/event_source.h"

namespace cli {

struct LineMoney {
  std::int64_t entitled_fen = 0;  // of a fine what is due, of a demo car what it has to give back
  std::int64_t granted_fen = 0;
  std::int64_t issued_fen = 0;  // claimed back
  bool overflow = false;        // the amounts cannot be used

  bool operator==(const LineMoney&) const = default;
};

using MoneyByLine = std::map<std::string, LineMoney>;

// Replays `source`. Fails as a replay does.
ledger::Result<MoneyByLine> money_of(const projections::EventSource& source, unsigned threads);

// The lines that differ between any of `states`, sorted, and the sum over them of the widest
// difference of entitled, granted or issued. A line that is not there counts as zero; one that
// overflows is named and adds nothing.
struct MoneySpread {
  std::vector<std::string> lines;
  std::int64_t fen = 0;
};

MoneySpread spread_of(const std::vector<const MoneyByLine*>& states);

// The sum, or the greatest int64 where it does not fit.
std::int64_t saturating_sum(std::int64_t a, std::int64_t b);

}  // namespace cli

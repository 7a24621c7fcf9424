#include "bench/measure.h"

#include <algorithm>

#include "bench/memory.h"
#include "ledger/base/check.h"

namespace bench {

Spread spread_of(std::vector<double> rates) {
  ledger::check(!rates.empty(), "something was measured");
  std::sort(rates.begin(), rates.end());
  const auto middle = rates.size() / 2;
  const auto median =
      rates.size() % 2 == 1 ? rates[middle] : (rates[middle - 1] + rates[middle]) / 2;
  return {rates.front(), median, rates.back()};
}

ledger::Result<Score> measure(const Contest& contest) {
  std::vector<double> ours, ceiling;
  std::uint64_t peak = 0;
  double bytes_per_event = 0;
  const auto events = static_cast<double>(contest.events);
  for (int round = 0; round < contest.rounds; ++round) {
    forget_peak_memory();
    const auto lap = TRY(contest.ours());
    ours.push_back(events / lap.seconds);
    peak = std::max(peak, peak_memory_bytes());
    bytes_per_event = lap.bytes_per_event;
    const auto least = TRY(contest.ceiling());
    ceiling.push_back(events / least.seconds);
  }
  return Score{contest.work, spread_of(std::move(ours)), spread_of(std::move(ceiling)),
               bytes_per_event, peak};
}

}  // namespace bench

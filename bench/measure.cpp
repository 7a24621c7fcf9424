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

Latency latency_of(std::vector<double> seconds) {
  ledger::check(!seconds.empty(), "something was timed");
  std::sort(seconds.begin(), seconds.end());
  const auto at = [&](std::size_t percent) {
    return seconds[std::min(seconds.size() * percent / 100, seconds.size() - 1)] * 1e6;
  };
  return {at(50), at(99)};
}

namespace {

// The round whose p99 is in the middle.
std::optional<Latency> middle_of(std::vector<Latency> latencies) {
  if (latencies.empty()) return std::nullopt;
  std::sort(latencies.begin(), latencies.end(),
            [](const auto& a, const auto& b) { return a.p99_us < b.p99_us; });
  return latencies[latencies.size() / 2];
}

}  // namespace

ledger::Result<Score> measure(const Contest& contest) {
  std::vector<double> ours, ceiling;
  std::uint64_t peak = 0;
  double bytes_per_event = 0;
  double ceiling_bytes_per_event = 0;
  std::vector<Latency> latencies;
  const auto events = static_cast<double>(contest.events);
  for (int round = 0; round < contest.rounds; ++round) {
    forget_peak_memory();
    const auto lap = TRY(contest.ours());
    ours.push_back(events / lap.seconds);
    peak = std::max(peak, peak_memory_bytes());
    bytes_per_event = lap.bytes_per_event;
    if (lap.latency) latencies.push_back(*lap.latency);
    const auto least = TRY(contest.ceiling());
    ceiling.push_back(events / least.seconds);
    ceiling_bytes_per_event = least.bytes_per_event;
  }
  return Score{contest.work,
               spread_of(std::move(ours)),
               spread_of(std::move(ceiling)),
               bytes_per_event,
               ceiling_bytes_per_event,
               peak,
               middle_of(std::move(latencies))};
}

}  // namespace bench

#include "bench/contests.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "bench/append_ceiling.h"
#include "bench/append_log.h"
#include "bench/history.h"
#include "bench/read_ceilings.h"
#include "bench/read_ledger.h"
#include "bench/scratch.h"

namespace bench {
namespace {

constexpr std::size_t group_size = 1'000;
constexpr std::uint64_t single_events_max = 2'000;  // a sync each: enough for a stable rate
constexpr unsigned callers = 64;
constexpr std::uint64_t called_events_max = 64'000;
constexpr int rounds_of_replay = 3;

using Batches = std::vector<ledger::Batch>;

// The analyzer loses sight of a std::function on its way into an aggregate.
// NOLINTBEGIN(clang-analyzer-cplusplus.NewDeleteLeaks)

// A round that appends, by `append(folder)` in seconds, into a folder of its own and throws
// it away.
template <class Append>
Round appending(const std::filesystem::path& parent, std::uint64_t events, Append append) {
  return [parent, events, append]() -> ledger::Result<Lap> {
    const auto scratch = TRY(Scratch::in(parent));
    const auto ledger = scratch.path() / "ledger";
    const auto seconds = TRY(append(ledger));
    return Lap{seconds, static_cast<double>(bytes_in(ledger)) / static_cast<double>(events)};
  };
}

template <class Ours, class Ceiling>
Contest append_contest(const Options& options, const char* work, std::uint64_t events, Ours ours,
                       Ceiling ceiling) {
  return {work, events, options.rounds, appending(options.folder, events, ours),
          appending(options.folder, events, ceiling)};
}

Contest one_at_a_time(const Options& options, const Batches& ones) {
  return append_contest(
      options, "append_1", ones.size(),
      [&ones](const auto& folder) { return append_waiting(folder, ones, 1); },
      [&ones](const auto& folder) { return append_ceiling(folder, ones, Pipeline::off); });
}

// Callers who wait can at best have all of them in one group, and no group beside it.
Contest many_callers(const Options& options, const Batches& ones, const Batches& in_callers) {
  return append_contest(
      options, "append_64_callers", ones.size(),
      [&ones](const auto& folder) { return append_waiting(folder, ones, callers); },
      [&in_callers](const auto& folder) {
        return append_ceiling(folder, in_callers, Pipeline::off);
      });
}

Contest in_groups(const Options& options, const Batches& groups, std::uint64_t events) {
  return append_contest(
      options, "append_1000", events,
      [&groups](const auto& folder) { return append_streaming(folder, groups); },
      [&groups](const auto& folder) { return append_ceiling(folder, groups, Pipeline::on); });
}

// NOLINTEND(clang-analyzer-cplusplus.NewDeleteLeaks)

// A ledger that stays as it is, and what it takes on disk.
struct Stored {
  const std::filesystem::path& folder;
  ledger::TreeSize size;
  ledger::Hash root;
  double bytes_per_event;
};

Contest verifying(const Options& options, const Stored& stored, unsigned threads) {
  return {"verify_" + std::to_string(threads), stored.size.value, options.rounds,
          [&stored, threads]() -> ledger::Result<Lap> {
            return Lap{TRY(verify_ledger(stored.folder, threads)), stored.bytes_per_event};
          },
          [&stored, threads]() -> ledger::Result<Lap> {
            const auto checked = TRY(verify_ceiling(stored.folder / "db", stored.size, threads));
            if (checked.root != stored.root) {
              return ledger::Error{ledger::ErrorCode::corrupt,
                                   "the ceiling of verify comes to another root than the log"};
            }
            return Lap{checked.seconds};
          }};
}

Contest replaying(const Options& options, const Stored& stored, unsigned threads) {
  return {"replay_" + std::to_string(threads), stored.size.value,
          std::min(options.rounds, rounds_of_replay),
          [&stored, threads]() -> ledger::Result<Lap> {
            return Lap{TRY(replay_ledger(stored.folder, threads)), stored.bytes_per_event};
          },
          [&stored]() -> ledger::Result<Lap> {
            return Lap{TRY(replay_ceiling(stored.folder / "db"))};
          }};
}

}  // namespace

ledger::Status run_contests(const Options& options,
                            const std::function<void(const Score&)>& scored) {
  const auto run = [&](const Contest& contest) -> ledger::Status {
    scored(TRY(measure(contest)));
    return ledger::Ok{};
  };
  auto groups = TRY(history(options.events, group_size));
  {
    const auto ones = regrouped(groups, single_events_max, 1);
    TRY(run(one_at_a_time(options, ones)));
  }
  {
    const auto ones = regrouped(groups, called_events_max, 1);
    const auto in_callers = regrouped(groups, called_events_max, callers);
    TRY(run(many_callers(options, ones, in_callers)));
  }
  TRY(run(in_groups(options, groups, options.events)));

  const auto scratch = TRY(Scratch::in(options.folder));
  const auto folder = scratch.path() / "ledger";
  TRY(append_streaming(folder, groups));
  groups = {};  // reading starts without them in memory
  const Stored stored{folder,
                      {options.events},
                      TRY(root_of(folder)),
                      static_cast<double>(bytes_in(folder)) / static_cast<double>(options.events)};
  for (const unsigned threads : {1U, 2U}) TRY(run(verifying(options, stored, threads)));
  for (const unsigned threads : {1U, 2U}) TRY(run(replaying(options, stored, threads)));
  return ledger::Ok{};
}

}  // namespace bench

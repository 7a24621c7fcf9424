#include "bench/contests.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "bench/append_ceiling.h"
#include "bench/append_log.h"
#include "bench/history.h"
#include "bench/page_cache.h"
#include "bench/proof_ceilings.h"
#include "bench/proofs.h"
#include "bench/read_ceilings.h"
#include "bench/read_ledger.h"
#include "bench/scratch.h"
#include "bench/signed_history.h"

namespace bench {
namespace {

constexpr std::size_t group_size = 1'000;
constexpr std::uint64_t single_events_max = 6'000;  // a sync each: enough for a stable rate
constexpr unsigned callers = 64;
constexpr std::uint64_t called_events_max = 64'000;
constexpr std::uint64_t signed_events_max = 20'000;  // some seconds of signing beforehand
constexpr std::uint64_t proofs_made = 10'000;

using Batches = std::vector<ledger::Batch>;

bool wants(const Options& options, std::string_view work) {
  const auto& works = options.works;
  return works.empty() || std::find(works.begin(), works.end(), work) != works.end();
}

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
    return Lap{seconds,
               static_cast<double>(bytes_in(scratch.path())) / static_cast<double>(events)};
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

Contest many_callers(const Options& options, const Batches& ones) {
  return append_contest(
      options, "append_64_callers", ones.size(),
      [&ones](const auto& folder) { return append_waiting(folder, ones, callers); },
      [&ones](const auto& folder) { return append_ceiling_of_callers(folder, ones, callers); });
}

Contest in_groups(const Options& options, const Batches& groups, std::uint64_t events) {
  return append_contest(
      options, "append_1000", events,
      [&groups](const auto& folder) { return append_streaming(folder, groups); },
      [&groups](const auto& folder) { return append_ceiling(folder, groups, Pipeline::on); });
}

// Against ours without a vault: what the ratio lacks to 1.00 is the price of sealing.
Contest sealed(const Options& options, const Batches& groups, std::uint64_t events) {
  return append_contest(
      options, "append_sealed", events,
      [&groups](const auto& folder) { return append_streaming(folder, groups, Persons::sealed); },
      [&groups](const auto& folder) { return append_streaming(folder, groups); });
}

// What signatures cost: the ceiling is our own log, given the same events unsigned.
Contest signed_in_groups(const Options& options, const SignedHistory& history,
                         std::uint64_t events) {
  return append_contest(
      options, "append_signed", events,
      [&history](const auto& folder) { return append_streaming(folder, history.with); },
      [&history](const auto& folder) { return append_streaming(folder, history.without); });
}

// What an index of mentions that is never behind would cost: the ceiling is our own log
// without. Appending itself does not wait for it (docs/decisions/0017).
Contest with_mentions(const Options& options, const Batches& groups, std::uint64_t events) {
  return append_contest(
      options, "append_mentions", events,
      [&groups](const auto& folder) { return append_with_mentions(folder, groups); },
      [&groups](const auto& folder) { return append_streaming(folder, groups); });
}

// NOLINTEND(clang-analyzer-cplusplus.NewDeleteLeaks)

// A ledger that stays as it is, and what it takes on disk.
struct Stored {
  const std::filesystem::path& folder;
  ledger::TreeSize size;
  ledger::Hash root;
  double bytes_per_event;
};

enum class Cache { warm, cold };

ledger::Status prepare(const Stored& stored, Cache cache) {
  if (cache == Cache::cold) TRY(forget_files(stored.folder));
  return ledger::Ok{};
}

Contest verifying(const Options& options, const Stored& stored, unsigned threads, Cache cache) {
  return {"verify_" + std::to_string(threads) + (cache == Cache::cold ? "_cold" : ""),
          stored.size.value, options.rounds,
          [&stored, threads, cache]() -> ledger::Result<Lap> {
            TRY(prepare(stored, cache));
            return Lap{TRY(verify_ledger(stored.folder, threads)), stored.bytes_per_event};
          },
          [&stored, threads, cache]() -> ledger::Result<Lap> {
            TRY(prepare(stored, cache));
            const auto checked = TRY(verify_ceiling(stored.folder / "db", stored.size, threads));
            if (checked.root != stored.root) {
              return ledger::Error{ledger::ErrorCode::corrupt,
                                   {"the ceiling of verify comes to another root than the log",
                                    "verify 的上限得出的根哈希与日志不同"}};
            }
            return Lap{checked.seconds};
          }};
}

// Held against what must be unpacked, or against the disk that it comes from.
Contest scrubbing(const Options& options, const Stored& stored, Cache cache) {
  constexpr unsigned threads = 2;
  return {cache == Cache::cold ? "verify_fast_cold" : "verify_fast", stored.size.value,
          options.rounds,
          [&stored, cache]() -> ledger::Result<Lap> {
            TRY(prepare(stored, cache));
            return Lap{TRY(scrub_ledger(stored.folder, threads)), stored.bytes_per_event};
          },
          [&stored, cache]() -> ledger::Result<Lap> {
            TRY(prepare(stored, cache));
            const auto database = stored.folder / "db";
            return Lap{cache == Cache::cold ? TRY(read_files(database))
                                            : TRY(unpack_ceiling(database, stored.size, threads))};
          }};
}

Contest replaying(const Options& options, const Stored& stored, unsigned threads) {
  return {"replay_" + std::to_string(threads), stored.size.value, options.rounds,
          [&stored, threads]() -> ledger::Result<Lap> {
            return Lap{TRY(replay_ledger(stored.folder, threads)), stored.bytes_per_event};
          },
          [&stored]() -> ledger::Result<Lap> {
            return Lap{TRY(replay_ceiling(stored.folder / "db"))};
          }};
}

Contest proving(const Options& options, const Stored& stored, Proofs& proofs) {
  return {"prove", proofs.indexes().size(), options.rounds,
          [&proofs]() -> ledger::Result<Lap> { return proofs.prove(); },
          [&stored, &proofs]() -> ledger::Result<Lap> {
            return Lap{TRY(prove_ceiling(stored.folder / "db", proofs.indexes()))};
          }};
}

Contest checking(const Options& options, const Stored& stored, Proofs& proofs) {
  return {"check", proofs.indexes().size(), options.rounds,
          [&proofs]() -> ledger::Result<Lap> { return proofs.check(); },
          [&stored, &proofs]() -> ledger::Result<Lap> {
            return Lap{TRY(check_ceiling(proofs.indexes().size(), stored.size))};
          }};
}

}  // namespace

ledger::Status run_contests(const Options& options,
                            const std::function<void(const Score&)>& scored) {
  const auto run = [&](const Contest& contest) -> ledger::Status {
    if (!wants(options, contest.work)) return ledger::Ok{};
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
    TRY(run(many_callers(options, ones)));
  }
  TRY(run(in_groups(options, groups, options.events)));
  TRY(run(sealed(options, groups, options.events)));
  if (wants(options, "append_signed")) {
    const auto events = std::min(options.events, signed_events_max);
    const auto signed_events = TRY(signed_history(events, group_size, bench_origin));
    TRY(run(signed_in_groups(options, signed_events, events)));
  }
  TRY(run(with_mentions(options, groups, options.events)));

  const auto scratch = TRY(Scratch::in(options.folder));
  const auto folder = scratch.path() / "ledger";
  TRY(append_streaming(folder, groups));
  groups = {};  // reading starts without them in memory
  const Stored stored{folder,
                      {options.events},
                      TRY(root_of(folder)),
                      static_cast<double>(bytes_in(folder)) / static_cast<double>(options.events)};
  for (const auto cache : {Cache::warm, Cache::cold}) {
    for (const unsigned threads : {1U, 2U}) {
      TRY(run(verifying(options, stored, threads, cache)));
    }
  }
  for (const auto cache : {Cache::warm, Cache::cold}) TRY(run(scrubbing(options, stored, cache)));
  for (const unsigned threads : {1U, 2U}) TRY(run(replaying(options, stored, threads)));
  if (!wants(options, "prove") && !wants(options, "check")) return ledger::Ok{};
  const auto proofs = TRY(Proofs::open(folder, proofs_made));
  TRY(run(proving(options, stored, *proofs)));
  return run(checking(options, stored, *proofs));
}

}  // namespace bench

#include "bench/peers/peers.h"

#include <algorithm>
#include <span>
#include <string>

#include "bench/append_log.h"
#include "bench/child.h"
#include "bench/history.h"
#include "bench/peers/journal.h"
#include "bench/peers/postgres_chain.h"
#include "bench/peers/postgres_cluster.h"
#include "bench/peers/sqlite_chain.h"
#include "bench/read_ledger.h"
#include "bench/scratch.h"

namespace bench {
namespace {

constexpr std::size_t group_size = 1'000;
constexpr std::uint64_t single_events_max = 2'000;    // a sync each
constexpr std::uint64_t journal_events_max = 50'000;  // hledger takes seconds for these

using Batches = std::vector<ledger::Batch>;
using Time = std::function<ledger::Result<double>(const std::filesystem::path&)>;

// What there is to append, and our own ledger of it.
struct Material {
  const PeerOptions& options;
  Batches groups, ones;
  std::filesystem::path scratch;  // `ours` lies in it
  double bytes_per_event = 0;

  std::filesystem::path ours() const { return scratch / "ours"; }
};

// A round that appends into a folder of its own and throws it away.
Round appending(const Material& material, std::uint64_t events, const Time& append) {
  return [&material, events, append]() -> ledger::Result<Lap> {
    const auto scratch = TRY(Scratch::in(material.scratch));
    const auto seconds = TRY(append(scratch.path() / "log"));
    return Lap{seconds,
               static_cast<double>(bytes_in(scratch.path())) / static_cast<double>(events)};
  };
}

Round ours_by_one(const Material& material) {
  return appending(material, material.ones.size(), [&material](const auto& folder) {
    return append_waiting(folder, material.ones, 1);
  });
}

Round ours_by_thousands(const Material& material) {
  return appending(material, material.options.events, [&material](const auto& folder) {
    return append_streaming(folder, material.groups);
  });
}

Round ours_verifying(const Material& material) {
  return [&material]() -> ledger::Result<Lap> {
    return Lap{TRY(verify_ledger(material.ours(), 1)), material.bytes_per_event};
  };
}

// The three works of a log in a database, against rounds of that database.
std::vector<Contest> log_contests(const Material& material, Round by_one, Round by_thousands,
                                  Round verifying) {
  const auto& options = material.options;
  return {
      {"append_1", material.ones.size(), options.rounds, ours_by_one(material), std::move(by_one)},
      {"append_1000", options.events, options.rounds, ours_by_thousands(material),
       std::move(by_thousands)},
      {"verify_1", options.events, options.rounds, ours_verifying(material), std::move(verifying)}};
}

using Scored = std::function<void(const Score&)>;

ledger::Status run_all(const std::vector<Contest>& contests, const Scored& scored) {
  for (const auto& contest : contests) scored(TRY(measure(contest)));
  return ledger::Ok{};
}

ledger::Status run_sqlite(const Material& material, Repeats repeats, const Scored& scored) {
  const auto append = [&material, repeats](const Batches& batches, std::uint64_t events) {
    return appending(material, events, [&batches, repeats](const auto& folder) {
      return sqlite_append(folder, batches, repeats);
    });
  };
  const auto scratch = TRY(Scratch::in(material.scratch));
  TRY(sqlite_append(scratch.path(), material.groups, repeats));
  const auto verify = [&]() -> ledger::Result<Lap> {
    return Lap{TRY(sqlite_verify(scratch.path(), material.options.events))};
  };
  return run_all(log_contests(material, append(material.ones, material.ones.size()),
                              append(material.groups, material.options.events), verify),
                 scored);
}

ledger::Status run_postgres(const Material& material, const Scored& scored) {
  // Not inside ours, which only we may enter.
  const auto scratch = TRY(Scratch::in(material.options.folder));
  const auto cluster = TRY(PostgresCluster::start(scratch.path()));
  const auto append = [&cluster](const Batches& batches, std::uint64_t events) -> Round {
    return [&cluster, &batches, events]() -> ledger::Result<Lap> {
      auto chain = TRY(PostgresChain::create(cluster->connection()));
      const auto seconds = TRY(chain.append(batches));
      return Lap{seconds, static_cast<double>(TRY(chain.bytes())) / static_cast<double>(events)};
    };
  };
  auto chain = TRY(PostgresChain::create(cluster->connection()));
  // The table that the last round of appending has left.
  const auto verify = [&]() -> ledger::Result<Lap> {
    return Lap{TRY(chain.verify(material.options.events))};
  };
  return run_all(log_contests(material, append(material.ones, material.ones.size()),
                              append(material.groups, material.options.events), verify),
                 scored);
}

ledger::Status run_journal(const Material& material, const std::string& program,
                           const Scored& scored) {
  const auto events = std::min(material.options.events, journal_events_max);
  const auto scratch = TRY(Scratch::in(material.scratch));
  const auto groups = std::span(material.groups).first((events + group_size - 1) / group_size);
  const auto journal = scratch.path() / "events.journal";
  const auto folder = scratch.path() / "ledger";
  TRY(write_journal(journal, groups));
  TRY(append_streaming(folder, groups));
  const auto per_event = [&](std::uintmax_t bytes) {
    return static_cast<double>(bytes) / static_cast<double>(count(groups));
  };
  const Contest contest{
      "replay_1", count(groups), material.options.rounds,
      [&]() -> ledger::Result<Lap> {
        return Lap{TRY(replay_ledger(folder, 1)), per_event(bytes_in(folder))};
      },
      [&]() -> ledger::Result<Lap> {
        return Lap{TRY(balances_by(program, journal)), per_event(file_size(journal))};
      }};
  return run_all({contest}, scored);
}

bool is_installed(std::string_view peer) {
  if (peer == "postgresql") return PostgresCluster::is_installed();
  if (peer == "ledger" || peer == "hledger") return is_on_path(peer);
  return true;  // SQLite is part of this program
}

ledger::Status run_peer(const Material& material, std::string_view peer, const Scored& scored) {
  if (peer == "sqlite") return run_sqlite(material, Repeats::admitted, scored);
  if (peer == "sqlite-keyed") return run_sqlite(material, Repeats::refused, scored);
  if (peer == "postgresql") return run_postgres(material, scored);
  return run_journal(material, std::string(peer), scored);
}

}  // namespace

ledger::Status run_peers(const PeerOptions& options, const PeerReport& report) {
  const auto scratch = TRY(Scratch::in(options.folder));
  Material material{options, TRY(history(options.events, group_size)), {}, scratch.path()};
  material.ones = regrouped(material.groups, single_events_max, 1);
  TRY(append_streaming(material.ours(), material.groups));
  material.bytes_per_event =
      static_cast<double>(bytes_in(material.ours())) / static_cast<double>(options.events);
  for (const auto peer : peer_names) {
    const auto& wanted = options.peers;
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), peer) == wanted.end()) continue;
    if (!is_installed(peer)) {
      report.absent(peer);
      continue;
    }
    TRY(run_peer(material, peer, [&](const Score& score) { report.scored(peer, score); }));
  }
  return ledger::Ok{};
}

}  // namespace bench

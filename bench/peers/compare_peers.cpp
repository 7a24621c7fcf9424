// Measures the log beside SQLite and PostgreSQL, and the replay beside ledger and hledger.
//
//   compare_peers [--events N] [--rounds N] [--folder DIR] [--peer NAME]... [--json]
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/peers/peers.h"
#include "cli/json_line.h"
#include "cli/table.h"

namespace bench {
namespace {

struct Call {
  PeerOptions options{200'000, 5, ".", {}};
  bool json = false;
};

// Nothing for words that make no sense.
std::optional<Call> parse(const std::vector<std::string>& words) {
  Call call;
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (words[at] == "--json") {
      call.json = true;
      continue;
    }
    if (at + 1 == words.size()) return std::nullopt;
    const auto& option = words[at];
    const auto& value = words[++at];
    std::uint32_t number = 0;
    std::from_chars(value.data(), value.data() + value.size(), number);
    const bool is_peer = std::find(peer_names.begin(), peer_names.end(), value) != peer_names.end();
    if (option == "--events" && number > 0) {
      call.options.events = number;
    } else if (option == "--rounds" && number > 0) {
      call.options.rounds = static_cast<int>(number);
    } else if (option == "--folder") {
      call.options.folder = value;
    } else if (option == "--peer" && is_peer) {
      call.options.peers.push_back(value);
    } else {
      return std::nullopt;
    }
  }
  return call;
}

std::string json_of(std::string_view peer, const Score& score) {
  return cli::json_line([&](auto& object) {
    object.text("work", score.work)
        .text("peer", peer)
        .number("events_per_second", std::llround(score.ours.median))
        .number("peer_events_per_second", std::llround(score.ceiling.median))
        .raw("ratio", fmt::format("{:.3f}", score.ratio()))
        .raw("bytes_per_event", fmt::format("{:.1f}", score.bytes_per_event))
        .raw("peer_bytes_per_event", fmt::format("{:.1f}", score.ceiling_bytes_per_event));
  });
}

std::string spread_text(const Spread& spread) {
  return fmt::format("{:.0f} – {:.0f} – {:.0f}", spread.lowest, spread.median, spread.highest);
}

std::string bytes_text(double bytes_per_event) {
  return bytes_per_event > 0 ? fmt::format("{:.0f}", bytes_per_event) : "–";
}

cli::Table new_table() {
  using enum cli::Table::Align;
  cli::Table table;
  table.add_column("work", left);
  table.add_column("peer", left);
  table.add_column("ours, events/s", right);
  table.add_column("peer", right);
  table.add_column("ratio", right);
  table.add_column("our bytes/event", right);
  table.add_column("peer's", right);
  return table;
}

ledger::Status run(const Call& call) {
  auto table = new_table();
  std::string absent;
  const auto scored = [&](std::string_view peer, const Score& score) {
    if (call.json) {
      fmt::print("{}", json_of(peer, score));
      std::fflush(stdout);
      return;
    }
    fmt::print(stderr, "{} beside {}: {:.2f}\n", score.work, peer, score.ratio());
    table.add_row({score.work, std::string(peer), spread_text(score.ours),
                   spread_text(score.ceiling), fmt::format("{:.2f}", score.ratio()),
                   bytes_text(score.bytes_per_event), bytes_text(score.ceiling_bytes_per_event)});
  };
  const auto missing = [&](std::string_view peer) {
    fmt::print(stderr, "{}: not installed, not measured\n", peer);
    if (call.json) {
      fmt::print("{}", cli::json_line([&](auto& object) {
                   object.text("peer", peer).truth("installed", false);
                 }));
    }
    absent += fmt::format("{} is not installed and was not measured.\n", peer);
  };
  TRY(run_peers(call.options, {scored, missing}));
  if (call.json) return ledger::Ok{};
  fmt::print("{}Lowest – median – highest of {} rounds; the ratio is that of the medians.\n{}",
             table.print(), call.options.rounds, absent);
  return ledger::Ok{};
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
  try {
    const auto call = bench::parse({argv + 1, argv + argc});
    if (!call) {
      fmt::print(stderr,
                 "usage: compare_peers [--events N] [--rounds N] [--folder DIR] [--peer NAME]... "
                 "[--json]\npeers: {}\n",
                 fmt::join(bench::peer_names, ", "));
      return 2;
    }
    const auto status = bench::run(*call);
    if (status) return 0;
    fmt::print(stderr, "error: {}\n", status.error().message.en);
  } catch (const std::exception& error) {
    std::fputs(error.what(), stderr);
  }
  return 5;
}

// What others make of the same events, measured beside ours in the same run.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/measure.h"
#include "ledger/base/error.h"

namespace bench {

inline constexpr std::array<std::string_view, 5> peer_names{"sqlite", "sqlite-keyed", "postgresql",
                                                            "ledger", "hledger"};

struct PeerOptions {
  std::uint64_t events = 0;
  int rounds = 0;
  std::filesystem::path folder;         // scratch folders are made and removed in it
  std::vector<std::string> peers = {};  // of `peer_names`; none means all
};

struct PeerReport {
  // After each contest; the ceiling of the score is the peer.
  std::function<void(std::string_view peer, const Score&)> scored;
  std::function<void(std::string_view peer)> absent;  // not installed, hence not measured
};

// Fails with the first error of either side.
ledger::Status run_peers(const PeerOptions& options, const PeerReport& report);

}  // namespace bench

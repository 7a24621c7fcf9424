#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cli/salvage.h"
#include "ledger/base/error.h"

namespace cli {

// What a damaged entry puts in doubt.
struct Dependents {
  std::vector<std::string> lines;  // sorted
  std::int64_t fen = 0;            // what they grant or entitle to, whichever is more
};

// Which lines depend on which streams, and how much money, judged by the events that are
// sound. One thread.
class Stake {
 public:
  // Replays what is left of the log. Fails when too little is left to replay.
  static ledger::Result<Stake> of(const Salvage& sound);

  // The lines that events of this stream bear on.
  ledger::Result<Dependents> of_stream(std::string_view subject) const;

 private:
  struct Line {
    std::string line, order, dealer, customer, policy;
    std::int64_t fen;
  };

  explicit Stake(const Salvage& sound) : sound_(&sound) {}

  ledger::Result<std::vector<std::string>> orders_of(std::string_view subject) const;

  const Salvage* sound_;
  std::vector<Line> lines_;
};

}  // namespace cli

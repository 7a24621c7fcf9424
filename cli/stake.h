#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "cli/salvage.h"
#include "ledger/base/error.h"

namespace cli {

// What a damaged entry puts in doubt.
struct Dependents {
  std::vector<std::string> lines;  // sorted
  std::int64_t fen = 0;            // by line the most of entitled, granted and claimed back
};

// Which lines depend on which streams, and how much money, judged by the events that are
// sound. One thread.
class Stake {
 public:
  // Replays what is left of the log and finds the orders that the streams named `subjects`
  // are about. Fails when too little is left to replay.
  static ledger::Result<Stake> of(const Salvage& sound, const std::set<std::string>& subjects);

  // The lines that events of this stream, one of `subjects`, bear on.
  Dependents of_stream(const std::string& subject) const;

 private:
  struct Line {
    std::string line, order, dealer, customer, policy;
    std::int64_t fen;
  };

  using Orders = std::map<std::string, std::set<std::string>>;  // by subject

  Stake(std::vector<Line> lines, Orders orders)
      : lines_(std::move(lines)), orders_(std::move(orders)) {}

  static ledger::Result<Orders> orders_of(const Salvage& sound,
                                          const std::set<std::string>& subjects);

  std::vector<Line> lines_;
  Orders orders_;
};

}  // namespace cli

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "cli/salvage.h"
#include "ledger/base/error.h"

namespace cli {

// An entry that is not what was signed.
struct Suspect {
  ledger::Sequence index;
  std::optional<std::vector<std::byte>> found;     // what is stored, as far as it can be read
  std::optional<std::vector<std::byte>> expected;  // what was signed, where a second copy has it
};

// Whether these bytes are an event that could have been appended: only such a one is asked
// for money. Others may say anything, in any size.
bool is_plausible(ledger::Sequence index, const std::vector<std::byte>& bytes);

// What an altered entry puts in doubt.
struct Dependents {
  std::vector<std::string> lines;  // sorted
  std::int64_t fen = 0;            // Σ over the lines; beyond 64 bits the greatest int64
  bool by_stream = false;          // by what else the stream names, since the event is unknown
};

// Which lines depend on altered entries, and how much money. One thread.
class Stake {
 public:
  // Evaluates what is left of the log with each suspect as it was signed, as it is found and
  // without it: its lines are those that come to something else, each with the widest
  // difference of what is entitled, granted or claimed back. `suspects` are sorted by index.
  // An evaluation a suspect takes long on a great log, so the first get one, and the others go
  // by stream. Fails when too little is left to replay.
  static ledger::Result<Stake> of(const ledger::Evidence& evidence,
                                  const std::vector<Suspect>& suspects,
                                  const std::set<std::string>& subjects, unsigned threads);

  std::optional<Dependents> of_entry(ledger::Sequence index) const;
  // The lines that events of this stream, one of `subjects`, bear on, with the greatest of
  // their amounts.
  Dependents of_stream(const std::string& subject) const;
  // The stream of an entry that cannot be read, from the event after it in the same stream.
  std::optional<std::string> subject_of(ledger::Sequence index) const;

 private:
  struct Line {
    std::string line, order, dealer, customer, policy;
    std::int64_t fen;
  };

  using Orders = std::map<std::string, std::set<std::string>>;  // by subject

  Stake() = default;

  ledger::Status list_lines(const projections::EventSource& source, unsigned threads);
  ledger::Status follow_streams(const Salvage& sound, const std::vector<Suspect>& suspects,
                                const std::set<std::string>& subjects);

  std::map<ledger::Sequence, Dependents> priced_;
  std::map<ledger::Sequence, std::string> subjects_;
  std::vector<Line> lines_;
  Orders orders_;
};

}  // namespace cli

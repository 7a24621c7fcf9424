#pragma once

#include <memory>

#include "cli/ledger_view.h"
#include "projections/asked.h"
#include "projections/replay.h"

namespace cli {

// A replay of the ledger that the arguments name, at the cuts `--known-at` and
// `--effective-at`, with what it stands on. One thread.
class Projection {
 public:
  // Replays no more than the rows of `asked` need, where it asks for any; those of anything else
  // mean nothing then. Fails as opening and replaying do.
  static ledger::Result<Projection> open(const Arguments& arguments, Console& console,
                                         const projections::Asked& asked = {});

  const projections::Cut& cut() const { return view_.cut(); }

  const ledger::Reader& reader() const { return view_.reader(); }

  const projections::EventSource& source() const { return view_.source(); }

  const projections::Replay& replay() const { return *replay_; }

 private:
  explicit Projection(LedgerView view) : view_(std::move(view)) {}

  LedgerView view_;
  std::unique_ptr<const projections::Excerpt> events_;  // those of a replay of a part
  std::unique_ptr<projections::Replay> replay_;  // of the view, whose parts stay where they are
};

}  // namespace cli

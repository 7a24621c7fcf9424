#pragma once

#include <memory>

#include "cli/command.h"
#include "ledger/reader.h"
#include "projections/event_source.h"
#include "projections/replay.h"

namespace cli {

// A replay of the ledger that the arguments name, at the cuts `--known-at` and
// `--effective-at`, with what it stands on. One thread.
class Projection {
 public:
  // Fails as opening and replaying do.
  static ledger::Result<Projection> open(const Arguments& arguments, Console& console);

  const projections::Cut& cut() const { return cut_; }

  const ledger::Reader& reader() const { return *reader_; }

  const projections::EventSource& source() const { return *source_; }

  const projections::Replay& replay() const { return *replay_; }

 private:
  projections::Cut cut_;
  // Each stands on the one before; their addresses stay when the whole is moved.
  std::unique_ptr<ledger::Reader> reader_;
  std::unique_ptr<projections::LogSource> source_;
  std::unique_ptr<projections::Replay> replay_;
};

}  // namespace cli

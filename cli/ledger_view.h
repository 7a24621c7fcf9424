#pragma once

#include <memory>

#include "cli/command.h"
#include "ledger/reader.h"
#include "projections/component_cache.h"
#include "projections/event_source.h"
#include "projections/replay.h"
#include "projections/row_cache.h"

namespace cli {

// Of commands that may answer from what is kept in the ledger's cache.
inline constexpr std::string_view from_scratch = "--from-scratch";

// The ledger that the arguments name, as it was known at `--known-at`, with the cut that the
// arguments ask for. One thread.
class LedgerView {
 public:
  // Fails as opening does.
  static ledger::Result<LedgerView> open(const Arguments& arguments, Console& console);

  const projections::Cut& cut() const { return cut_; }

  const ledger::Reader& reader() const { return *reader_; }

  // The ledger as it is now, whatever was known then.
  const ledger::Reader& whole() const { return *whole_; }

  const projections::EventSource& source() const { return *source_; }

  // All rows of a model, of this view at no `--effective-at`; what is kept of earlier answers is
  // used. Fails as replays do.
  ledger::Result<projections::Answer> rows(projections::ReadModel model) const;

  // The same, handed out with a line end each, where they are kept as they are; false, and nothing
  // was handed out, where they are not. Fails when they change meanwhile.
  ledger::Result<bool> hand_out_rows(projections::ReadModel model,
                                     const std::function<void(std::string_view)>& use) const;

  // Calls `use` with the components of this view, once, or once more when what the first call
  // was given proves damaged and must not count. With `--from-scratch` they come of the events.
  ledger::Status use_components(
      projections::JoinedBy joined,
      const std::function<ledger::Status(const projections::Components&)>& use) const;

 private:
  projections::Cut cut_;
  bool from_scratch_ = false;
  // Each stands on the one before; their addresses stay when the whole is moved.
  std::unique_ptr<ledger::Reader> whole_, reader_;
  std::unique_ptr<projections::LogSource> source_;
  std::unique_ptr<projections::ComponentCache> cache_;
  std::unique_ptr<projections::RowCache> row_cache_;
};

}  // namespace cli

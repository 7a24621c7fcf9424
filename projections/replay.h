// From a log to everything that follows from it: one fold over a cut, then rules.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "projections/demos.h"
#include "projections/event_source.h"
#include "projections/fines.h"
#include "projections/invoicing.h"
#include "projections/lines.h"

namespace projections {

// What an answer is for (policy.md 2). Both may be given and both apply.
struct Cut {
  std::optional<std::uint64_t> known_at;     // the first so many events of the log
  std::optional<ledger::Date> effective_at;  // only events with a business date up to it
  // Events written under later versions of the rules are read by this one.
  std::uint16_t rules_version_max = ledger::rules_version_now;
  const RuleBook* rules = &rule_book();
  // The last business date of the log, where the source holds but a part of it.
  std::optional<ledger::Date> last_day = {};
};

// The state of a cut and the results that several read models share, each computed on
// first need. Results do not depend on the number of threads. Safe from any thread.
class Replay {
 public:
  // Folds the cut of `source`, which must already be a view of `known_at` events. Fails
  // with the source's errors, `corrupt` for a pack that cannot be read, and `invalid` for a
  // log of 2^32 events or more. Replays that are given one `shelf` parse each pack once.
  static ledger::Result<std::unique_ptr<Replay>> run(const EventSource& source, const Cut& cut,
                                                     unsigned threads, PackShelf* shelf = nullptr);

  const EventSource& source() const { return source_; }

  const Facts& facts() const { return facts_; }

  const World& world() const { return *world_; }

  // The date at which deadlines are judged; nothing for a cut without events.
  std::optional<ledger::Date> as_of() const { return as_of_; }

  unsigned threads() const { return threads_; }

  const std::vector<Line>& lines() const;
  const std::vector<Fine>& fines() const;
  const std::vector<Demo>& demos() const;
  const std::vector<StandingInvoice>& invoices() const;

 private:
  Replay(const EventSource& source, const Cut& cut, unsigned threads)
      : source_(source), cut_(cut), threads_(threads) {}

  ledger::Status fold_all();

  const EventSource& source_;
  Cut cut_;
  unsigned threads_;
  Facts facts_;
  std::optional<ledger::Date> as_of_;
  std::unique_ptr<const World> world_;
  mutable std::once_flag lines_once_, fines_once_, demos_once_, invoices_once_;
  mutable std::vector<Line> lines_;
  mutable std::vector<Fine> fines_;
  mutable std::vector<Demo> demos_;
  mutable std::vector<StandingInvoice> invoices_;
};

}  // namespace projections

#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "ledger/base/error.h"
#include "ledger/event.h"
#include "ledger/reader.h"

namespace projections {

// Where a replay takes its events from: a view of a log, or events in memory. Holds the
// first `size()` events of something that does not change.
class EventSource {
 public:
  using Visit = std::function<ledger::Status(const ledger::Entry&)>;

  virtual ~EventSource() = default;
  virtual ledger::TreeSize size() const = 0;
  // Visits events in log order, all of them or those of one type; stops at the first error.
  virtual ledger::Status scan(std::optional<ledger::EventType> only, const Visit& visit) const = 0;

  // Visits all events; may use a second thread, which reads ahead of `visit`.
  virtual ledger::Status scan_ahead(const Visit& visit) const { return scan(std::nullopt, visit); }

  // Visits the events at `indexes`, which are sorted and distinct.
  virtual ledger::Status read_each(const std::vector<ledger::Sequence>& indexes,
                                   const Visit& use) const = 0;
  virtual ledger::Result<std::optional<ledger::Sequence>> find(std::string_view source,
                                                               std::string_view id) const = 0;

  // Which event an event.voided is about, if this holds it: a foreign log may void what it does
  // not hold.
  ledger::Result<std::optional<ledger::Sequence>> target_of(const ledger::Entry& voiding) const;
};

// A view of a ledger as a source. The reader must outlive it.
class LogSource : public EventSource {
 public:
  explicit LogSource(const ledger::Reader& reader) : reader_(reader) {}

  ledger::TreeSize size() const override { return reader_.size(); }

  ledger::Status scan(std::optional<ledger::EventType> only, const Visit& visit) const override;
  ledger::Status scan_ahead(const Visit& visit) const override;
  ledger::Status read_each(const std::vector<ledger::Sequence>& indexes,
                           const Visit& use) const override;
  ledger::Result<std::optional<ledger::Sequence>> find(std::string_view source,
                                                       std::string_view id) const override;

 private:
  const ledger::Reader& reader_;
};

}  // namespace projections

#pragma once

#include <map>
#include <string>
#include <vector>

#include "ledger/batch.h"
#include "projections/event_source.h"

namespace test {

// A log in memory, for tests of what follows from a log: events in the outside form,
// encoded and decoded as a ledger would, without a disk.
class MemorySource : public projections::EventSource {
 public:
  // Stops the test when a line is refused.
  explicit MemorySource(const std::vector<std::string>& lines);
  // The events from `changed_from` on are written under version 2 of the rules.
  MemorySource(const std::vector<std::string>& lines, std::size_t changed_from);

  // The same log when it held its first `size` events.
  MemorySource first(std::size_t size) const;

  ledger::TreeSize size() const override { return ledger::TreeSize{size_}; }

  ledger::Status scan(std::optional<ledger::EventType> only, const Visit& visit) const override;
  ledger::Status read_each(const std::vector<ledger::Sequence>& indexes,
                           const Visit& use) const override;
  ledger::Result<std::optional<ledger::Sequence>> find(std::string_view source,
                                                       std::string_view id) const override;

 private:
  MemorySource() = default;
  ledger::Entry entry(std::size_t index) const;

  ledger::Batch batch_;
  std::size_t size_ = 0;
  std::map<std::string, std::size_t, std::less<>> by_key_;  // source#id
};

}  // namespace test

#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "ledger/batch.h"
#include "projections/event_source.h"

namespace projections {

// Some events of a source, held in memory under their own indexes, so that they can be
// replayed by themselves, and more than once. Immutable; safe from any thread.
class Excerpt : public EventSource {
 public:
  // Copies the events at `indexes`, sorted and distinct. Fails with the source's errors.
  static ledger::Result<Excerpt> of(const EventSource& source,
                                    const std::vector<ledger::Sequence>& indexes);

  // Those of `indexes`, sorted and distinct, that this holds. Copies no event.
  Excerpt part(const std::vector<ledger::Sequence>& indexes) const;

  const std::vector<ledger::Entry>& entries() const { return entries_; }

  // The size of the source: where a log would go on.
  ledger::TreeSize size() const override { return size_; }

  ledger::Status scan(std::optional<ledger::EventType> only, const Visit& visit) const override;
  // Passes over what this does not hold.
  ledger::Status read_each(const std::vector<ledger::Sequence>& indexes,
                           const Visit& use) const override;
  ledger::Result<std::optional<ledger::Sequence>> find(std::string_view source,
                                                       std::string_view id) const override;

 private:
  Excerpt() = default;
  void index_ids();

  struct IdHash {
    std::uint64_t hash;
    std::uint32_t position;
  };

  ledger::TreeSize size_{0};
  std::shared_ptr<const ledger::Batch> bytes_;
  std::vector<ledger::Entry> entries_;  // by index; they point into `bytes_`
  std::vector<IdHash> ids_;             // by hash, then position
};

}  // namespace projections

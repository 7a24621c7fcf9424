#pragma once

#include <vector>

#include "projections/event_source.h"

namespace cli {

// The events of a damaged log that can still be trusted to be what was appended: all but
// the damaged ones. Enough to ask what depended on those. The reader must outlive it.
class Salvage final : public projections::EventSource {
 public:
  // `damaged` is sorted and distinct.
  Salvage(const ledger::Reader& reader, std::vector<ledger::Sequence> damaged)
      : reader_(reader), damaged_(std::move(damaged)) {}

  ledger::TreeSize size() const override { return reader_.size(); }

  ledger::Status scan(std::optional<ledger::EventType> only, const Visit& visit) const override;
  ledger::Status read_each(const std::vector<ledger::Sequence>& indexes,
                           const Visit& use) const override;
  ledger::Result<std::optional<ledger::Sequence>> find(std::string_view source,
                                                       std::string_view id) const override;

 private:
  const ledger::Reader& reader_;
  std::vector<ledger::Sequence> damaged_;
};

}  // namespace cli

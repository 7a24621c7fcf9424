#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "ledger/evidence.h"
#include "projections/event_source.h"

namespace cli {

// The events of a damaged log that are still what was appended, and others that stand in for
// those that are not. Enough to ask what depends on one event. The evidence must outlive it.
// One thread while it is changed.
class Salvage final : public projections::EventSource {
 public:
  using Bytes = std::vector<std::byte>;

  explicit Salvage(const ledger::Evidence& evidence) : evidence_(evidence) {}

  // Leaves out what is stored at `index`.
  void withdraw(ledger::Sequence index);
  // Lets an event stand at `index` in place of what is stored. Fails with `corrupt` for bytes
  // that are no event.
  ledger::Status put(ledger::Sequence index, const Bytes& bytes);

  ledger::TreeSize size() const override;
  ledger::Status scan(std::optional<ledger::EventType> only, const Visit& visit) const override;
  ledger::Status read_each(const std::vector<ledger::Sequence>& indexes,
                           const Visit& use) const override;
  ledger::Result<std::optional<ledger::Sequence>> find(std::string_view source,
                                                       std::string_view id) const override;

 private:
  const ledger::Evidence& evidence_;
  std::map<ledger::Sequence, Bytes> altered_;  // empty: left out
  std::map<std::string, ledger::Sequence, std::less<>> put_by_key_;
};

}  // namespace cli

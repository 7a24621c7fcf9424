// The events of a view as they came in, where the vault's key is given: for a projection that looks
// at personal values. What it prints of them is its business.
#pragma once

#include "cli/vault_access.h"
#include "projections/event_source.h"

namespace cli {

// One thread; both must outlive it.
class DisclosedSource : public projections::EventSource {
 public:
  DisclosedSource(const projections::EventSource& stored, Disclosure& disclosure)
      : stored_(stored), disclosure_(disclosure) {}

  ledger::TreeSize size() const override { return stored_.size(); }

  // Besides the source's errors these fail with `corrupt` for a value that was changed.
  ledger::Status scan(std::optional<ledger::EventType> only, const Visit& visit) const override {
    return stored_.scan(only, shown(visit));
  }

  ledger::Status read_each(const std::vector<ledger::Sequence>& indexes,
                           const Visit& use) const override {
    return stored_.read_each(indexes, shown(use));
  }

  ledger::Result<std::optional<ledger::Sequence>> find(std::string_view source,
                                                       std::string_view id) const override {
    return stored_.find(source, id);
  }

 private:
  Visit shown(const Visit& visit) const {
    return [this, &visit](const ledger::Entry& entry) -> ledger::Status {
      return visit(TRY(disclosure_.show(entry)));
    };
  }

  const projections::EventSource& stored_;
  Disclosure& disclosure_;
};

}  // namespace cli

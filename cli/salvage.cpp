#include "cli/salvage.h"

#include <algorithm>
#include <iterator>

#include "ledger/base/check.h"
#include "ledger/codec.h"
#include "ledger/idempotency_key.h"

namespace cli {

using ledger::Ok;
using ledger::Sequence;
using ledger::Status;

void Salvage::withdraw(Sequence index) {
  for (auto at = put_by_key_.begin(); at != put_by_key_.end();) {
    at = at->second == index ? put_by_key_.erase(at) : std::next(at);
  }
  altered_[index].clear();
}

Status Salvage::put(Sequence index, const Bytes& bytes) {
  withdraw(index);
  auto& kept = altered_[index];
  kept = bytes;
  const auto entry = ledger::decode(index, kept);
  if (!entry) {
    kept.clear();
    return entry.error();
  }
  put_by_key_[ledger::idempotency_key(*entry->event)] = index;
  return Ok{};
}

ledger::TreeSize Salvage::size() const {
  const auto size = evidence_.size().value;
  return {altered_.empty() ? size : std::max(size, altered_.rbegin()->first.value + 1)};
}

Status Salvage::scan(std::optional<ledger::EventType> only, const Visit& visit) const {
  Status status = Ok{};
  const auto take = [&](Sequence index, ledger::Bytes bytes) {
    const auto entry = ledger::decode(index, bytes);
    if (entry && status && (!only || entry->type() == *only)) status = visit(*entry);
  };
  auto next = altered_.begin();
  const auto take_altered = [&](Sequence end) {
    for (; next != altered_.end() && next->first < end; ++next) {
      if (!next->second.empty()) take(next->first, next->second);
    }
  };
  evidence_.scan(Sequence{0}, evidence_.size(), [&](const ledger::StoredEntry& stored) {
    if (!status) return;
    take_altered(stored.index);
    if (stored.intact && !altered_.contains(stored.index)) take(stored.index, stored.bytes);
  });
  take_altered(Sequence{size().value});
  return status;
}

Status Salvage::read_each(const std::vector<Sequence>& indexes, const Visit& use) const {
  for (const auto index : indexes) {
    const auto altered = altered_.find(index);
    const auto stored = altered == altered_.end() ? evidence_.entry(index) : std::nullopt;
    const auto& bytes = stored ? *stored : altered == altered_.end() ? Bytes() : altered->second;
    if (bytes.empty()) continue;
    const auto entry = ledger::decode(index, bytes);
    if (entry) TRY(use(*entry));
  }
  return Ok{};
}

ledger::Result<std::optional<Sequence>> Salvage::find(std::string_view source,
                                                      std::string_view id) const {
  const auto put = put_by_key_.find(ledger::idempotency_key(source, id));
  if (put != put_by_key_.end()) return std::optional(put->second);
  auto index = TRY(evidence_.find(source, id));
  if (index && altered_.contains(*index)) index.reset();
  return index;
}

}  // namespace cli

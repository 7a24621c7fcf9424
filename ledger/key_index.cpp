#include "ledger/key_index.h"

#include <algorithm>

#include "ledger/checksum.h"
#include "ledger/key_order.h"

namespace ledger {
namespace {

constexpr std::size_t slots_min = 64;

}  // namespace

HashedKey::HashedKey(std::string_view text)
    : text_(text), hash_(static_cast<std::uint32_t>(checksum(bytes_of(text)))) {
}

std::optional<Sequence> KeyIndex::find(const HashedKey& key) const {
  if (rows_.empty()) return std::nullopt;
  const auto row = slots_[slot_of(key.text(), key.hash())].row;
  if (row == no_row) return std::nullopt;
  return rows_[row].index;
}

void KeyIndex::put(const HashedKey& key, Sequence index) {
  if ((rows_.size() + 1) * 2 > slots_.size()) grow();
  auto& slot = slots_[slot_of(key.text(), key.hash())];
  if (slot.row != no_row) {
    if (slot.row < marked_) replaced_.push_back({slot.row, rows_[slot.row].index});
    rows_[slot.row].index = index;
    return;
  }
  slot = {key.hash(), static_cast<std::uint32_t>(rows_.size())};
  rows_.push_back({keys_.size(), static_cast<std::uint32_t>(key.text().size()), key.hash(), index});
  keys_ += key.text();
}

void KeyIndex::prefetch(const HashedKey& key) const {
  if (!slots_.empty()) __builtin_prefetch(&slots_[home_of(key.hash())]);
}

void KeyIndex::mark() {
  marked_ = rows_.size();
  replaced_.clear();
}

// The row that came last is at the end of every run of slots that it is in, so it can be
// taken out without moving another.
void KeyIndex::take_back() {
  while (rows_.size() > marked_) {
    const auto& last = rows_.back();
    slots_[slot_of(key(last), last.hash)] = empty_slot;
    keys_.resize(last.offset);
    rows_.pop_back();
  }
  for (; !replaced_.empty(); replaced_.pop_back()) {
    rows_[replaced_.back().row].index = replaced_.back().index;
  }
}

std::vector<KeyIndex::Pair> KeyIndex::sorted() const {
  std::vector<Pair> sorted;
  sorted.reserve(rows_.size());
  for (const auto& row : rows_) sorted.push_back({key(row), row.index});
  sort_by_key(sorted);
  return sorted;
}

std::size_t KeyIndex::slot_of(std::string_view key, std::uint32_t hash) const {
  const auto mask = slots_.size() - 1;
  for (std::size_t at = home_of(hash);; at = (at + 1) & mask) {
    const auto& slot = slots_[at];
    if (slot.row == no_row) return at;
    if (slot.hash == hash && this->key(rows_[slot.row]) == key) return at;
  }
}

// Rows go in again in the order they came, for `take_back`.
void KeyIndex::grow() {
  slots_.assign(std::max(slots_.size() * 2, slots_min), empty_slot);
  const auto mask = slots_.size() - 1;
  for (std::uint32_t row = 0; row < rows_.size(); ++row) {
    auto at = home_of(rows_[row].hash);
    while (slots_[at].row != no_row) at = (at + 1) & mask;
    slots_[at] = {rows_[row].hash, row};
  }
}

void KeyIndex::each_hash(const std::function<void(std::uint32_t hash)>& use) const {
  for (const auto& row : rows_) use(row.hash);
}

void KeyIndex::each_beginning(
    std::string_view beginning,
    const std::function<void(std::string_view key, Sequence index)>& use) const {
  for (const auto& row : rows_) {
    if (key(row).starts_with(beginning)) use(key(row), row.index);
  }
}

}  // namespace ledger

#include "ledger/key_index.h"

#include <algorithm>
#include <boost/sort/spreadsort/string_sort.hpp>
#include <limits>

#include "ledger/checksum.h"

namespace ledger {
namespace {

constexpr std::uint32_t no_row = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t slots_min = 64;

std::uint32_t hash_of(std::string_view key) {
  return static_cast<std::uint32_t>(checksum(bytes_of(key)));
}

}  // namespace

std::optional<Sequence> KeyIndex::find(std::string_view key) const {
  if (rows_.empty()) return std::nullopt;
  const auto row = slots_[slot_of(key, hash_of(key))];
  if (row == no_row) return std::nullopt;
  return rows_[row].index;
}

void KeyIndex::put(std::string_view key, Sequence index) {
  if ((rows_.size() + 1) * 2 > slots_.size()) grow();
  const auto hash = hash_of(key);
  auto& slot = slots_[slot_of(key, hash)];
  if (slot != no_row) {
    if (slot < marked_) replaced_.push_back({slot, rows_[slot].index});
    rows_[slot].index = index;
    return;
  }
  slot = static_cast<std::uint32_t>(rows_.size());
  rows_.push_back({keys_.size(), static_cast<std::uint32_t>(key.size()), hash, index});
  keys_ += key;
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
    slots_[slot_of(key(last), last.hash)] = no_row;
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
  using boost::sort::spreadsort::string_sort;
  string_sort(
      sorted.begin(), sorted.end(),
      [](const Pair& row, std::size_t at) { return static_cast<unsigned char>(row.key[at]); },
      [](const Pair& row) { return row.key.size(); },
      [](const Pair& a, const Pair& b) { return a.key < b.key; });
  return sorted;
}

std::size_t KeyIndex::slot_of(std::string_view key, std::uint32_t hash) const {
  const auto mask = slots_.size() - 1;
  for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    const auto row = slots_[slot];
    if (row == no_row) return slot;
    if (rows_[row].hash == hash && this->key(rows_[row]) == key) return slot;
  }
}

// Rows go in again in the order they came, for `take_back`.
void KeyIndex::grow() {
  slots_.assign(std::max(slots_.size() * 2, slots_min), no_row);
  const auto mask = slots_.size() - 1;
  for (std::uint32_t row = 0; row < rows_.size(); ++row) {
    std::size_t slot = rows_[row].hash & mask;
    while (slots_[slot] != no_row) slot = (slot + 1) & mask;
    slots_[slot] = row;
  }
}

void KeyIndex::each_beginning(
    std::string_view beginning,
    const std::function<void(std::string_view key, Sequence index)>& use) const {
  for (const auto& row : rows_) {
    if (key(row).starts_with(beginning)) use(key(row), row.index);
  }
}

}  // namespace ledger

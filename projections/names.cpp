#include "projections/names.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <cstring>

namespace projections {
namespace {

constexpr std::size_t first_slots = 64;
constexpr std::size_t block_bytes = 1 << 16;

// Ids come from outside: XXH3 only spreads them, equality is always by bytes.
std::uint32_t hash_of(std::string_view name) {
  return static_cast<std::uint32_t>(XXH3_64bits(name.data(), name.size()));
}

}  // namespace

Names::Names() : slots_(first_slots) {
}

std::size_t Names::slot_of(std::string_view name, std::uint32_t hash) const {
  const auto mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].number != none &&
         (slots_[at].hash != hash || names_[slots_[at].number] != name)) {
    at = (at + 1) & mask;
  }
  return at;
}

std::uint32_t Names::intern(std::string_view name) {
  const auto hash = hash_of(name);
  auto at = slot_of(name, hash);
  if (slots_[at].number != none) return slots_[at].number;
  if (names_.size() * 2 >= slots_.size()) {
    grow();
    at = slot_of(name, hash);
  }
  const auto number = size();
  names_.push_back(keep(name));
  slots_[at] = {hash, number};
  return number;
}

std::uint32_t Names::find(std::string_view name) const {
  return slots_[slot_of(name, hash_of(name))].number;
}

std::string_view Names::keep(std::string_view name) {
  if (name.size() > block_left_) {
    const auto bytes = std::max(block_bytes, name.size());
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(bytes));
    block_at_ = blocks_.back().get();
    block_left_ = bytes;
  }
  std::memcpy(block_at_, name.data(), name.size());
  const std::string_view kept(block_at_, name.size());
  block_at_ += name.size();
  block_left_ -= name.size();
  return kept;
}

void Names::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  const auto mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.number == none) continue;
    std::size_t at = slot.hash & mask;
    while (slots_[at].number != none) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

}  // namespace projections

#include "ledger/batch.h"

#include <cstring>

namespace ledger {

void Batch::add(Bytes entry) {
  const auto offset = byte_count();
  words_.resize(words_.size() + (entry.size() + 7) / 8);
  std::memcpy(reinterpret_cast<std::byte*>(words_.data()) + offset, entry.data(), entry.size());
  entries_.push_back({offset, entry.size()});
}

void Batch::clear() {
  words_.clear();
  entries_.clear();
}

Bytes Batch::entry(std::size_t position) const {
  const auto& extent = entries_[position];
  return {reinterpret_cast<const std::byte*>(words_.data()) + extent.offset, extent.length};
}

}  // namespace ledger

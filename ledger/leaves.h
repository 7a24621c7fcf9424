#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/frame.h"

namespace ledger {

// The leaf hashes of the entries of a frame at the positions begin … end − 1. Requires
// begin ≤ end ≤ frame.count().
std::vector<Hash> leaf_hashes(const FrameView& frame, std::uint32_t begin, std::uint32_t end);

// The leaf hashes of a run of entries, as far as they are known.
class Leaves {
 public:
  explicit Leaves(std::size_t count) : hashes_(count), known_(count), unknown_count_(count) {}

  std::size_t size() const { return hashes_.size(); }

  void set(std::size_t at, const Hash& hash) {
    hashes_[at] = hash;
    if (!known_[at]) --unknown_count_;
    known_[at] = true;
  }

  bool knows(std::size_t at) const { return known_[at]; }

  const Hash& operator[](std::size_t at) const { return hashes_[at]; }

  // So many from `begin` on, if all are known.
  std::optional<std::span<const Hash>> run(std::size_t begin, std::size_t count) const {
    const auto from = known_.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto to = from + static_cast<std::ptrdiff_t>(count);
    if (unknown_count_ > 0 && std::find(from, to, false) != to) return std::nullopt;
    return std::span(hashes_).subspan(begin, count);
  }

 private:
  std::vector<Hash> hashes_;
  std::vector<bool> known_;
  std::size_t unknown_count_;
};

}  // namespace ledger

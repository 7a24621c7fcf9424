// The hash tree of the ceilings: RFC 6962 straight on OpenSSL, sharing no code with
// ledger/proof, so that what that code costs shows in the ratio.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "ledger/base/bytes.h"

struct evp_md_ctx_st;

namespace bench {

// One thread at a time.
class BareTree {
 public:
  // Told of each tile that fills up: its level, its number, its 256 hashes.
  using Filled =
      std::function<void(unsigned level, std::uint64_t number, std::span<const ledger::Hash>)>;

  BareTree();

  // A leaf; `filled` may be empty.
  void append(ledger::Bytes entry, const Filled& filled);
  // All leaves of `other`, at a size that is a multiple of the least power of two that is
  // not below its size. Tells of no tiles.
  void append_tree(const BareTree& other);

  std::uint64_t size() const { return size_; }

  ledger::Hash root() const;
  // The size, big-endian, and the subtrees' hashes, greatest first.
  std::vector<std::byte> frontier() const;

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };

  ledger::Hash digest(ledger::Bytes first, ledger::Bytes second) const;
  ledger::Hash node(const ledger::Hash& left, const ledger::Hash& right) const;
  void merge(unsigned level, ledger::Hash hash, const Filled& filled);

  std::unique_ptr<evp_md_ctx_st, Free> context_;
  std::uint64_t size_ = 0;
  std::array<ledger::Hash, 64> subtrees_{};
  std::array<std::vector<ledger::Hash>, 8> edges_;  // of the tiles that are filling up
};

}  // namespace bench

#pragma once

#include <memory>

#include "ledger/base/bytes.h"

struct evp_md_ctx_st;  // OpenSSL's digest context; its header stays in hash.cpp

namespace ledger::proof {

// What keeps leaves and inner nodes of the log apart (RFC 6962, section 2.1).
inline constexpr std::byte log_leaf_prefix{0};
inline constexpr std::byte log_node_prefix{1};

Hash sha256(Bytes bytes);
// SHA-256(0x00 ‖ entry): a leaf of the tree.
Hash hash_leaf(Bytes entry);
// SHA-256(0x01 ‖ left ‖ right): an inner node.
Hash hash_node(const Hash& left, const Hash& right);
// SHA-256 of nothing: the root of a tree without leaves.
const Hash& empty_root();

// SHA-256 of bytes that come in pieces. One thread at a time.
class Sha256 {
 public:
  Sha256();
  void add(Bytes bytes);
  // The digest of all that was added since construction or the last call.
  Hash finish();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };

  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

}  // namespace ledger::proof

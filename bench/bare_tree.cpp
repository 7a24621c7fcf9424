#include "bench/bare_tree.h"

#include <openssl/evp.h>

#include <bit>
#include <cstring>

#include "ledger/base/check.h"

namespace bench {
namespace {

constexpr std::byte leaf_prefix{0};
constexpr std::size_t tile_width = 256;
constexpr unsigned tile_height = 8;

}  // namespace

void BareTree::Free::operator()(evp_md_ctx_st* context) const {
  EVP_MD_CTX_free(context);
}

BareTree::BareTree() : context_(EVP_MD_CTX_new()) {
  EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA2-256", nullptr);
  ledger::check(context_ && EVP_DigestInit_ex2(context_.get(), algorithm, nullptr) == 1,
                "OpenSSL provides SHA-256");
  EVP_MD_free(algorithm);  // the context keeps it
}

ledger::Hash BareTree::digest(ledger::Bytes first, ledger::Bytes second) const {
  ledger::Hash hash;
  auto* const context = context_.get();
  const bool done =
      EVP_DigestInit_ex2(context, nullptr, nullptr) == 1 &&
      EVP_DigestUpdate(context, first.data(), first.size()) == 1 &&
      EVP_DigestUpdate(context, second.data(), second.size()) == 1 &&
      EVP_DigestFinal_ex(context, reinterpret_cast<unsigned char*>(hash.data()), nullptr) == 1;
  ledger::check(done, "OpenSSL hashes what it is given");
  return hash;
}

ledger::Hash BareTree::node(const ledger::Hash& left, const ledger::Hash& right) const {
  std::array<std::byte, 65> message;
  message[0] = std::byte{1};
  std::memcpy(&message[1], left.data(), left.size());
  std::memcpy(&message[33], right.data(), right.size());
  return digest(message, {});
}

void BareTree::append(ledger::Bytes entry, const Filled& filled) {
  merge(0, digest({&leaf_prefix, 1}, entry), filled);
}

void BareTree::append_tree(const BareTree& other) {
  for (auto level = static_cast<unsigned>(subtrees_.size()); level-- > 0;) {
    if ((other.size_ >> level & 1) != 0) merge(level, other.subtrees_[level], {});
  }
}

void BareTree::merge(unsigned level, ledger::Hash hash, const Filled& filled) {
  const auto size = size_ + (std::uint64_t{1} << level);
  for (;; ++level) {
    if (filled && level % tile_height == 0) {
      auto& edge = edges_[level / tile_height];
      edge.push_back(hash);
      if (edge.size() == tile_width) {
        filled(level / tile_height, (size >> (level + tile_height)) - 1, edge);
        edge.clear();
      }
    }
    if ((size_ >> level & 1) == 0) break;
    hash = node(subtrees_[level], hash);
  }
  subtrees_[level] = hash;
  size_ = size;
}

ledger::Hash BareTree::root() const {
  if (size_ == 0) return digest({}, {});
  auto level = static_cast<unsigned>(std::countr_zero(size_));
  auto hash = subtrees_[level];
  for (++level; level < subtrees_.size(); ++level) {
    if ((size_ >> level & 1) != 0) hash = node(subtrees_[level], hash);
  }
  return hash;
}

std::vector<std::byte> BareTree::frontier() const {
  std::vector<std::byte> bytes(sizeof size_);
  const auto swapped = __builtin_bswap64(size_);
  std::memcpy(bytes.data(), &swapped, sizeof swapped);
  for (auto level = static_cast<int>(subtrees_.size()) - 1; level >= 0; --level) {
    const auto& hash = subtrees_[static_cast<std::size_t>(level)];
    if ((size_ >> level & 1) != 0) bytes.insert(bytes.end(), hash.begin(), hash.end());
  }
  return bytes;
}

}  // namespace bench

// A log that shows one history or another to its witnesses.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/proof/checkpoint.h"
#include "ledger/proof/consistency_file.h"
#include "ledger/proof/hash.h"
#include "ledger/proof/note.h"
#include "tests/ledger/proof/naive_tree.h"

namespace ledger::proof::test {

class ShownLog {
 public:
  static constexpr std::uint64_t size_max = 40;
  static constexpr std::uint64_t fork = 7;  // from here on the two histories differ

  explicit ShownLog(std::string_view name = "log.example/north", int seed = 7)
      : key_(key_of(name, seed)) {}

  const SigningKey& key() const { return key_; }

  const std::string& origin() const { return key_.verifier().name(); }

  TreeHead head(std::uint64_t size, bool forked = false) const {
    return {TreeSize{size}, tree(forked).root(0, size)};
  }

  std::string note(const TreeHead& head) const {
    return sign_note(format(Checkpoint{origin(), head, {}}), {&key_, 1});
  }

  // What the log would send to a witness that signed `old_size` last.
  ConsistencyFile file(std::uint64_t old_size, std::uint64_t size, bool forked = false) const {
    const bool needs_proof = old_size != 0 && old_size < size;
    return {TreeSize{old_size},
            needs_proof ? tree(forked).consistency(old_size, size) : std::vector<Hash>{},
            note(head(size, forked))};
  }

  std::string request(std::uint64_t old_size, std::uint64_t size, bool forked = false) const {
    return format(file(old_size, size, forked));
  }

 private:
  static SigningKey key_of(std::string_view name, int seed) {
    ed25519::Seed bytes{};
    bytes[0] = static_cast<std::byte>(seed);
    return *SigningKey::of(name, bytes);
  }

  static const NaiveTree& tree(bool forked) {
    static const auto honest = NaiveTree::of_size(size_max);
    static const auto other = NaiveTree::forked(size_max, fork);
    return forked ? other : honest;
  }

  SigningKey key_;
};

}  // namespace ledger::proof::test

// The map of mentions: from every id that the entries of a log mention to the list of those
// entries. A sparse Merkle tree, so that one root commits to every list and to nothing being left
// out of it: to an id there leads one path only. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"
#include "ledger/base/strong.h"

namespace ledger::proof {

// SHA-256(0x05 ‖ id): the place of an id in the map, by its bits, the highest first.
Hash mention_key(std::string_view id);
bool key_bit(const Hash& key, unsigned depth);

// What is left of a list of indexes, however long it is: enough to go on and to be compared.
struct MentionList {
  std::uint64_t count = 0;
  Hash chain{};  // SHA-256(0x04 ‖ chain before ‖ index), from 32 zero bytes on

  void append(Sequence index);
  bool operator==(const MentionList&) const = default;
};

struct MentionLeaf {
  Hash key{};
  MentionList list;
  bool operator==(const MentionLeaf&) const = default;
};

// All that lies under some first bits of a key. Of no leaf: 32 zero bytes; of one: SHA-256(0x02 ‖
// key ‖ count ‖ chain), however deep it could lie; of more: SHA-256(0x03 ‖ left ‖ right).
struct MentionPart {
  std::uint64_t leaves = 0;
  Hash hash{};
  bool operator==(const MentionPart&) const = default;
};

MentionPart part_of(const MentionLeaf& leaf);
MentionPart joined(const MentionPart& left, const MentionPart& right);
// The part under `depth` bits, of all its leaves. Requires them sorted by key, distinct, and
// alike in those bits.
MentionPart part_of(std::span<const MentionLeaf> leaves, unsigned depth = 0);

// Leads from the place of an id to the root.
struct MentionProof {
  std::optional<MentionLeaf> other = {};  // the leaf that stands there instead, if one does
  std::vector<Hash> siblings;             // from the leaf up
};

// Adds the path to the place of `key` among the leaves of a part, as required above.
void add_path(std::span<const MentionLeaf> leaves, const Hash& key, unsigned depth,
              MentionProof& proof);

// Checks that the map with this root gives for `id` just these indexes; none of them means that
// the map does not have the id. Fails with `invalid` (indexes that do not rise, a proof that
// cannot be one) or `corrupt` (not proven).
Status verify_mentions(std::string_view id, std::span<const Sequence> indexes,
                       const MentionProof& proof, const Hash& root);

// The whole map in memory, some 150 bytes an id: for who recomputes a root from the entries. One
// thread at a time.
class MentionMap {
 public:
  // Requires entries in the order of the log, and of each entry an id only once.
  void add(std::string_view id, Sequence index);

  std::vector<MentionLeaf> leaves() const;  // sorted
  Hash root() const;

 private:
  struct ByFirstBytes {
    std::size_t operator()(const Hash& key) const;
  };

  std::unordered_map<Hash, MentionList, ByFirstBytes> lists_;
};

}  // namespace ledger::proof

#include "ledger/proof/mention_map.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "ledger/base/check.h"
#include "ledger/proof/hash.h"

namespace ledger::proof {
namespace {

constexpr unsigned key_bits = 256;
constexpr std::byte leaf_prefix{2};
constexpr std::byte node_prefix{3};
constexpr std::byte chain_prefix{4};
constexpr std::byte key_prefix{5};

// The message of a digest, put together at a place of known size: one update is cheaper than
// several.
template <std::size_t size>
class HashedMessage {
 public:
  explicit HashedMessage(std::byte prefix) { bytes_[0] = prefix; }

  HashedMessage& add(const Hash& hash) {
    std::memcpy(bytes_.data() + end_, hash.data(), hash.size());
    end_ += hash.size();
    return *this;
  }

  HashedMessage& add(std::uint64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes_[end_++] = static_cast<std::byte>(number >> static_cast<unsigned>(shift));
    }
    return *this;
  }

  Hash digest() const { return sha256(bytes_); }

 private:
  std::array<std::byte, size> bytes_{};
  std::size_t end_ = 1;
};

Hash node_over(const Hash& left, const Hash& right) {
  return HashedMessage<1 + 2 * sizeof(Hash)>(node_prefix).add(left).add(right).digest();
}

// Where the leaves begin whose bit at `depth` is set.
std::size_t border(std::span<const MentionLeaf> leaves, unsigned depth) {
  const auto* const found =
      std::partition_point(leaves.data(), leaves.data() + leaves.size(),
                           [depth](const MentionLeaf& leaf) { return !key_bit(leaf.key, depth); });
  return static_cast<std::size_t>(found - leaves.data());
}

bool alike(const Hash& a, const Hash& b, std::size_t depth) {
  for (unsigned bit = 0; bit < depth; ++bit) {
    if (key_bit(a, bit) != key_bit(b, bit)) return false;
  }
  return true;
}

// What stands at the place that a proof leads to.
Result<Hash> terminal(const Hash& key, std::span<const Sequence> indexes,
                      const MentionProof& proof) {
  if (indexes.empty()) {
    if (!proof.other) return Hash{};
    const auto& other = *proof.other;
    if (other.key == key || other.list.count == 0 ||
        !alike(other.key, key, proof.siblings.size())) {
      return Error{ErrorCode::invalid,
                   worded("the leaf that is to stand in the place of the id cannot stand there",
                          "应处于该标识位置的叶不可能处于该处")};
    }
    return part_of(other).hash;
  }
  if (proof.other) {
    return Error{ErrorCode::invalid,
                 worded("the proof shows another id in the place of one with events",
                        "该标识有事件，而证明在其位置给出另一标识")};
  }
  MentionLeaf leaf{key, {}};
  for (const auto index : indexes) leaf.list.append(index);
  return part_of(leaf).hash;
}

}  // namespace

Hash mention_key(std::string_view id) {
  thread_local std::vector<std::byte> message;
  message.assign(1, key_prefix);
  const auto bytes = bytes_of(id);
  message.insert(message.end(), bytes.begin(), bytes.end());
  return sha256(message);
}

bool key_bit(const Hash& key, unsigned depth) {
  const auto byte = std::to_integer<unsigned>(key[depth / 8]);
  return ((byte >> (7 - depth % 8)) & 1U) != 0;
}

void MentionList::append(Sequence index) {
  chain = HashedMessage<1 + sizeof(Hash) + 8>(chain_prefix).add(chain).add(index.value).digest();
  ++count;
}

MentionPart part_of(const MentionLeaf& leaf) {
  const auto hash = HashedMessage<1 + sizeof(Hash) + 8 + sizeof(Hash)>(leaf_prefix)
                        .add(leaf.key)
                        .add(leaf.list.count)
                        .add(leaf.list.chain)
                        .digest();
  return {1, hash};
}

MentionPart joined(const MentionPart& left, const MentionPart& right) {
  const auto leaves = left.leaves + right.leaves;
  if (leaves <= 1) return left.leaves == 1 ? left : right;
  return {leaves, node_over(left.hash, right.hash)};
}

MentionPart part_of(std::span<const MentionLeaf> leaves, unsigned depth) {
  if (leaves.empty()) return {};
  if (leaves.size() == 1) return part_of(leaves.front());
  check(depth < key_bits, "the leaves of a map have distinct keys");
  const auto middle = border(leaves, depth);
  return joined(part_of(leaves.first(middle), depth + 1),
                part_of(leaves.subspan(middle), depth + 1));
}

void add_path(std::span<const MentionLeaf> leaves, const Hash& key, unsigned depth,
              MentionProof& proof) {
  if (leaves.empty()) return;
  if (leaves.size() == 1) {
    if (leaves.front().key != key) proof.other = leaves.front();
    return;
  }
  check(depth < key_bits, "the leaves of a map have distinct keys");
  const auto middle = border(leaves, depth);
  const auto zeros = leaves.first(middle);
  const auto ones = leaves.subspan(middle);
  const bool right = key_bit(key, depth);
  add_path(right ? ones : zeros, key, depth + 1, proof);
  proof.siblings.push_back(part_of(right ? zeros : ones, depth + 1).hash);
}

Status verify_mentions(std::string_view id, std::span<const Sequence> indexes,
                       const MentionProof& proof, const Hash& root) {
  const auto falling = std::adjacent_find(indexes.begin(), indexes.end(),
                                          [](Sequence a, Sequence b) { return !(a < b); });
  if (falling != indexes.end()) {
    return Error{ErrorCode::invalid,
                 worded("the indexes do not rise after {}: they stand in the order of the log, "
                        "each once",
                        "序号在 {} 之后未递增：应按日志顺序排列，每个只出现一次", falling->value)};
  }
  if (proof.siblings.size() > key_bits) {
    return Error{ErrorCode::invalid,
                 worded("a proof of {} hashes is longer than a key has bits",
                        "证明有 {} 个哈希，多于键的位数", proof.siblings.size())};
  }
  const auto key = mention_key(id);
  auto hash = TRY(terminal(key, indexes, proof));
  auto depth = static_cast<unsigned>(proof.siblings.size());
  for (const auto& sibling : proof.siblings) {
    --depth;
    hash = key_bit(key, depth) ? node_over(sibling, hash) : node_over(hash, sibling);
  }
  if (hash == root) return Ok{};
  return Error{ErrorCode::corrupt,
               worded("the list of {} events and its proof do not lead to the signed root of "
                      "mentions: an event was left out, added or changed, or the list is another "
                      "id's",
                      "由 {} 个事件的列表及其证明得不出所签的提及索引根哈希："
                      "有事件被遗漏、增加或改动，或列表属于另一标识",
                      indexes.size())};
}

std::size_t MentionMap::ByFirstBytes::operator()(const Hash& key) const {
  std::size_t first = 0;
  std::memcpy(&first, key.data(), sizeof first);
  return first;
}

void MentionMap::add(std::string_view id, Sequence index) {
  lists_[mention_key(id)].append(index);
}

std::vector<MentionLeaf> MentionMap::leaves() const {
  std::vector<MentionLeaf> all;
  all.reserve(lists_.size());
  for (const auto& [key, list] : lists_) all.push_back({key, list});
  std::sort(all.begin(), all.end(),
            [](const MentionLeaf& a, const MentionLeaf& b) { return a.key < b.key; });
  return all;
}

Hash MentionMap::root() const {
  return part_of(leaves()).hash;
}

}  // namespace ledger::proof

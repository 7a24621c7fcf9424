#include "ledger/proof/merkle.h"

#include "ledger/proof/base64.h"
#include "ledger/proof/hash.h"

namespace ledger::proof {
namespace {

constexpr Wording too_long{"is too long", "过长"};
constexpr Wording too_short{"is too short", "过短"};

Error wrong_length(std::span<const Hash> proof, const Message& why) {
  return {ErrorCode::invalid, worded("a proof of {} hashes {} in this tree",
                                     "对此默克尔树，{} 个哈希的证明{}", proof.size(), why)};
}

Status same_root(const Hash& got, const TreeHead& wanted) {
  if (got == wanted.root) return Ok{};
  return Error{ErrorCode::corrupt,
               worded("the proof leads to the root {}, but the tree of size {} has the root {}",
                      "由证明得出根哈希 {}，而规模 {} 的默克尔树根哈希为 {}", encode_base64(got),
                      wanted.size.value, encode_base64(wanted.root))};
}

bool odd(std::uint64_t number) {
  return (number & 1) != 0;
}

// Where a proof stands on its way up (fn and sn in RFC 9162): the node on the path and the
// last node of that level.
struct Climb {
  std::uint64_t node;
  std::uint64_t last;

  void up() {
    node >>= 1;
    last >>= 1;
  }

  // Whether the sibling lies to the left. If so and there is none to the right, goes up
  // to the level where the node has one: a lone node passes upwards unhashed.
  bool left_sibling() {
    if (!odd(node) && node != last) return false;
    while (!odd(node) && node != 0) up();
    return true;
  }
};

}  // namespace

Status verify_inclusion(Sequence index, const Hash& leaf, const TreeHead& tree,
                        std::span<const Hash> proof) {
  if (index.value >= tree.size.value) {
    return Error{ErrorCode::invalid,
                 worded("entry {} is not in a tree of size {}", "条目 {} 不在规模 {} 的默克尔树中",
                        index.value, tree.size.value)};
  }
  Climb climb{index.value, tree.size.value - 1};
  Hash root = leaf;
  for (const Hash& sibling : proof) {
    if (climb.last == 0) return wrong_length(proof, too_long);
    root = climb.left_sibling() ? hash_node(sibling, root) : hash_node(root, sibling);
    climb.up();
  }
  if (climb.last != 0) return wrong_length(proof, too_short);
  return same_root(root, tree);
}

Status verify_consistency(const TreeHead& old, const TreeHead& tree, std::span<const Hash> proof) {
  if (old.size.value > tree.size.value) {
    return Error{ErrorCode::invalid, worded("a tree of size {} cannot continue one of size {}",
                                            "规模 {} 的默克尔树不能接续规模 {} 的默克尔树",
                                            tree.size.value, old.size.value)};
  }
  for (const TreeHead* head : {&old, &tree}) {  // a size of 0 has one root only
    if (head->size.value == 0) TRY(same_root(empty_root(), *head));
  }
  if (old.size == tree.size || old.size.value == 0) {
    if (!proof.empty()) {
      return wrong_length(proof, {"stands where the empty one is wanted", "应为空证明"});
    }
    return old.size == tree.size ? same_root(old.root, tree) : Status(Ok{});
  }

  // A complete old tree is a node of the new one: its root is where the climb begins, and
  // the proof leaves it out.
  const bool complete = (old.size.value & (old.size.value - 1)) == 0;
  if (!complete && proof.empty()) return wrong_length(proof, too_short);
  Hash old_root = complete ? old.root : proof.front();
  Hash new_root = old_root;
  Climb climb{old.size.value - 1, tree.size.value - 1};
  while (odd(climb.node)) climb.up();
  for (const Hash& sibling : proof.subspan(complete ? 0 : 1)) {
    if (climb.last == 0) return wrong_length(proof, too_long);
    if (climb.left_sibling()) {
      old_root = hash_node(sibling, old_root);
      new_root = hash_node(sibling, new_root);
    } else {
      new_root = hash_node(new_root, sibling);
    }
    climb.up();
  }
  if (climb.last != 0) return wrong_length(proof, too_short);
  TRY(same_root(old_root, old));
  return same_root(new_root, tree);
}

}  // namespace ledger::proof

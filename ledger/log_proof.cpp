#include "ledger/log_proof.h"

#include "ledger/base/message.h"
#include "ledger/proof/hash.h"
#include "ledger/proof/merkle.h"

namespace ledger {
namespace {

Result<SignedTree> opened(const Reader& view, std::string note) {
  const auto key = TRY(proof::VerifierKey::parse(view.verifier_key()));
  auto checkpoint = TRY(proof::open_checkpoint(note, key, view.origin()));
  return SignedTree{std::move(note), checkpoint.tree};
}

Error altered(const Error& error) {
  return {ErrorCode::corrupt,
          worded("the stored tree does not lead to the signed root: {}. Nothing was proven; `tally "
                 "verify` says what differs",
                 "由存储的树推算不出已签名的根：{}。未证明任何内容；`tally verify` 会指出差异所在",
                 error.message)};
}

}  // namespace

Result<std::vector<Hash>> LogTiles::read(proof::TileId tile, std::uint32_t width) {
  auto hashes = TRY(view_.tile(tile));
  if (hashes.size() > width) hashes.resize(width);
  return hashes;
}

Result<SignedTree> newest_signed_tree(const Reader& view) {
  auto note = TRY(view.checkpoint());
  if (!note) {
    return Error{ErrorCode::corrupt,
                 worded("the ledger holds no checkpoint, not even its first; run `tally verify`",
                        "账本中没有检查点，连首个也没有；请运行 `tally verify`")};
  }
  return opened(view, *std::move(note));
}

Result<SignedTree> signed_tree_of(const Reader& view, std::string note) {
  auto head = TRY(opened(view, std::move(note)));
  if (head.tree.size > view.size()) {
    return Error{ErrorCode::corrupt, worded("the checkpoint signs {} entries, the log has {}",
                                            "检查点签署了 {} 个条目，日志仅有 {} 个",
                                            head.tree.size.value, view.size().value)};
  }
  const auto root = TRY(view.at(head.tree.size).root());
  if (root == head.tree.root) return head;
  return Error{ErrorCode::corrupt, worded("the checkpoint of size {} signs another root than the "
                                          "log had at that size; run `tally verify --checkpoint`",
                                          "规模 {} 的检查点所签的根不是日志在该规模时的根；请运行 "
                                          "`tally verify --checkpoint`",
                                          head.tree.size.value)};
}

LogProver::LogProver(const Reader& view, SignedTree head)
    : view_(view.at(head.tree.size)),
      log_size_(view.size()),
      head_(std::move(head)),
      tiles_(view_),
      prover_(tiles_, head_.tree.size) {
}

Result<proof::ProofFile> LogProver::prove_entry(Sequence index) {
  const auto size = head_.tree.size;
  if (index.value >= size.value) {
    const auto advice = index.value < log_size_.value
                            ? Message("; `tally checkpoint` signs the newest",
                                      "；`tally checkpoint` 为最新的条目签名")
                            : Message();
    return Error{
        ErrorCode::invalid,
        worded("entry {} is not among the {} that the checkpoint signs{}",
               "条目 {} 不在检查点所签的 {} 个条目之中{}", index.value, size.value, advice)};
  }
  auto hashes = TRY(prover_.inclusion(index));
  Hash leaf{};
  TRY(view_.read(index, [&](const Entry& entry) -> Status {
    leaf = proof::hash_leaf(entry.bytes);
    return Ok{};
  }));
  const auto holds = proof::verify_inclusion(index, leaf, head_.tree, hashes);
  if (!holds) return altered(holds.error());
  return proof::ProofFile{std::nullopt, index, std::move(hashes), head_.note};
}

Result<proof::ConsistencyFile> LogProver::prove_growth(TreeSize old_size) {
  auto hashes = TRY(prover_.consistency(old_size));
  const auto old_root = TRY(prover_.root_at(old_size));
  const auto holds = proof::verify_consistency({old_size, old_root}, head_.tree, hashes);
  if (!holds) return altered(holds.error());
  return proof::ConsistencyFile{old_size, std::move(hashes), head_.note};
}

}  // namespace ledger

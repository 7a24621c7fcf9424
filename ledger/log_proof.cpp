#include "ledger/log_proof.h"

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
  return {ErrorCode::corrupt, "the stored tree does not lead to the signed root: " + error.message +
                                  ". Nothing was proven; `tally verify` says what differs"};
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
                 "the ledger holds no checkpoint, not even its first; run `tally verify`"};
  }
  return opened(view, *std::move(note));
}

Result<SignedTree> signed_tree_of(const Reader& view, std::string note) {
  auto head = TRY(opened(view, std::move(note)));
  if (head.tree.size > view.size()) {
    return Error{ErrorCode::corrupt,
                 "the checkpoint signs " + std::to_string(head.tree.size.value) +
                     " entries, the log has " + std::to_string(view.size().value)};
  }
  const auto root = TRY(view.at(head.tree.size).root());
  if (root == head.tree.root) return head;
  return Error{ErrorCode::corrupt, "the checkpoint of size " +
                                       std::to_string(head.tree.size.value) +
                                       " signs another root than the log had at that size; "
                                       "run `tally verify --checkpoint`"};
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
    return Error{
        ErrorCode::invalid,
        "entry " + std::to_string(index.value) + " is not among the " + std::to_string(size.value) +
            " that the checkpoint signs" +
            (index.value < log_size_.value ? "; `tally checkpoint` signs the newest" : "")};
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

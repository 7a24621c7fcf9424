// Proofs about a ledger, made of its stored tiles: what an auditor takes away.
#pragma once

#include <string>
#include <vector>

#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/proof/checkpoint.h"
#include "ledger/proof/consistency_file.h"
#include "ledger/proof/proof_file.h"
#include "ledger/proof/prover.h"
#include "ledger/reader.h"

namespace ledger {

// The tiles of a view of a ledger, for making proofs.
class LogTiles final : public proof::TileReader {
 public:
  explicit LogTiles(Reader view) : view_(std::move(view)) {}

  Result<std::vector<Hash>> read(proof::TileId tile, std::uint32_t width) override;

 private:
  Reader view_;
};

// A checkpoint of a ledger: the note, and what it says.
struct SignedTree {
  std::string note;
  proof::TreeHead tree;
};

// The newest stored checkpoint of the view. Fails with `corrupt` when its signature is wrong or
// there is none.
Result<SignedTree> newest_signed_tree(const Reader& view);
// A checkpoint kept elsewhere, checked against the view. Fails with `invalid` for what is no
// checkpoint, `corrupt` when it was not signed by the ledger's key or is not about this log.
Result<SignedTree> signed_tree_of(const Reader& view, std::string note);

// Makes proofs against one checkpoint. Checks each before handing it out, and fails with `corrupt`
// when the stored tree does not lead to the signed root. One thread at a time.
class LogProver {
 public:
  // The checkpoint must be one of the view's.
  LogProver(const Reader& view, SignedTree head);
  LogProver(const LogProver&) = delete;
  LogProver& operator=(const LogProver&) = delete;

  const proof::TreeHead& tree() const { return head_.tree; }

  // Fails with `invalid` for an entry that the checkpoint does not cover.
  Result<proof::ProofFile> prove_entry(Sequence index);
  // Fails with `invalid` for a greater size.
  Result<proof::ConsistencyFile> prove_growth(TreeSize old_size);

 private:
  Reader view_;  // of the signed size
  TreeSize log_size_;
  SignedTree head_;
  LogTiles tiles_;
  proof::Prover prover_;  // reads `tiles_`
};

}  // namespace ledger

#include "ledger/spot_check.h"

#include "ledger/base/message.h"
#include "ledger/checksum.h"
#include "ledger/codec.h"
#include "ledger/frame_cursor.h"
#include "ledger/proof/hash.h"
#include "ledger/proof/prover.h"
#include "ledger/proof/tile.h"
#include "ledger/stored_tree.h"

namespace ledger {
namespace {

// Looks at the drawn entries one after the other.
class Checking {
 public:
  Checking(const OpenLedger& ledger, const proof::TreeHead& signed_tree)
      : cursor_(*ledger.store, Store::Pattern::few),
        tiles_(*ledger.store),
        size_(ledger.head.size()),
        signed_tree_(signed_tree) {}

  void take(Sequence index) {
    if (const auto found = cursor_.seek(index); !found) {
      result_.findings.push_back({Finding::Where::frame,
                                  index,
                                  Message("a frame that holds the entry", "含有该条目的帧"),
                                  found.error().message,
                                  {},
                                  {}});
      return;
    }
    const auto frame = cursor_.load();
    const auto position = static_cast<std::uint32_t>(index.value - frame.first().value);
    const auto bytes = frame.entry(position);
    EntryFinding finding(index);
    if (!frame.entry_intact(position)) {
      finding.differs({"checksum", "校验和"}, hex_of(frame.entry_checksum(position)),
                      hex_of(checksum(bytes)));
    }
    const auto entry = decode(index, bytes);
    if (!entry) {
      finding.differs({"form", "格式"}, {"a well-formed entry", "格式正确的条目"},
                      entry.error().message);
    }
    const auto leaf = proof::hash_leaf(bytes);
    const auto in_tile = stored_leaf(index);
    if (in_tile && *in_tile != leaf) {
      finding.differs({"leaf hash", "叶哈希"}, hex_of(*in_tile), hex_of(leaf));
    }
    const auto proven = prove(index, leaf);
    if (!finding.empty()) {
      if (entry) finding.names(*entry);
      result_.findings.push_back(finding.finding());
    } else if (proven) {
      ++result_.verified;
    } else if (unproven_++ == 0) {
      first_unproven_ = index;
      why_ = proven.error().message;
    }
  }

  // Entries that are sound and yet not proven are not to blame themselves: some other entry or
  // hash on the way to the root is, and only reading everything tells which.
  SpotCheck finish() {
    if (unproven_ > 0) {
      result_.findings.push_back(
          {Finding::Where::checkpoint,
           std::nullopt,
           worded("proofs to the root {}, signed at size {}",
                  "通向根哈希 {}（规模 {} 时所签）的证明", hex_of(signed_tree_.root),
                  signed_tree_.size.value),
           worded("{} that lead elsewhere, the first for entry {}: {}",
                  "{} 个通向别处，首个属于条目 {}：{}", unproven_, first_unproven_.value, why_),
           {},
           {}});
    }
    return std::move(result_);
  }

 private:
  Status prove(Sequence index, const Hash& leaf) {
    const auto proof = TRY(proof::prove_inclusion(tiles_, index, signed_tree_.size));
    return proof::verify_inclusion(index, leaf, signed_tree_, proof);
  }

  // The leaf hash as its tile has it, where there is a full one.
  std::optional<Hash> stored_leaf(Sequence index) {
    const proof::TileId tile{0, index.value / proof::tile_width_max};
    if (proof::tile_width(tile, size_) < proof::tile_width_max) return std::nullopt;
    const auto hashes = tiles_.read(tile, proof::tile_width_max);
    if (!hashes) return std::nullopt;
    return (*hashes)[index.value % proof::tile_width_max];
  }

  FrameCursor cursor_;
  StoredTree tiles_;
  TreeSize size_;
  const proof::TreeHead& signed_tree_;
  SpotCheck result_;
  std::uint64_t unproven_ = 0;
  Sequence first_unproven_;
  Message why_;
};

}  // namespace

SpotCheck check_entries(const OpenLedger& ledger, const std::vector<Sequence>& sample,
                        const proof::TreeHead& signed_tree) {
  Checking checking(ledger, signed_tree);
  for (const auto index : sample) checking.take(index);
  return checking.finish();
}

}  // namespace ledger

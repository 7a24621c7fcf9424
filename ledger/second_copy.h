// Another copy of a log, to hold a ledger against: a backup that was restored, or the tiles
// that were published. Its word counts for an entry only as far as its own signed checkpoint
// proves it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/evidence.h"
#include "ledger/proof/key.h"
#include "ledger/proof/merkle.h"
#include "ledger/proof/prover.h"

namespace ledger {

// One thread at a time. Never writes.
class SecondCopy {
 public:
  // The bytes of 256 entries, by position; nothing for one that is not there.
  using Bundle = std::vector<std::optional<std::vector<std::byte>>>;

  // A ledger's directory, or a folder of C2SP tlog-tiles with entry bundles. Fails with
  // `not_found` for what is neither, and with `invalid` unless `key` signed its checkpoint.
  static Result<std::unique_ptr<SecondCopy>> open(const std::filesystem::path& directory,
                                                  const proof::VerifierKey& key);
  virtual ~SecondCopy() = default;
  SecondCopy(const SecondCopy&) = delete;
  SecondCopy& operator=(const SecondCopy&) = delete;

  // What its newest checkpoint signs.
  const proof::TreeHead& tree() const { return tree_; }

  // Entries number · 256 … of the signed tree.
  virtual Bundle bundle(std::uint64_t number) = 0;
  // Whether `entry` is the one that the checkpoint signs at `index`. Fails with `corrupt` when
  // it is not, or the copy's hashes do not lead to its root.
  Status prove(Sequence index, Bytes entry);

 protected:
  explicit SecondCopy(const proof::TreeHead& tree) : tree_(tree) {}

  virtual proof::TileReader& tiles() = 0;

 private:
  proof::TreeHead tree_;
};

// An entry of which the copy proves that it is another.
struct DifferingEntry {
  Sequence index;
  std::optional<std::vector<std::byte>> own;  // nothing when it cannot be read
  std::vector<std::byte> copy;
};

struct CopyComparison {
  std::uint64_t compared = 0;             // entries that were held against the copy's
  std::uint64_t absent = 0;               // that the copy signs and does not have
  std::uint64_t unproven = 0;             // of the copy that differ and that it cannot prove
  std::uint64_t differences = 0;          // that differ, also those beyond the ones listed
  std::vector<DifferingEntry> differing;  // in log order, the first of them
};

// Holds every entry that the copy signs against what stands in `own`.
CopyComparison compare_with_copy(const Evidence& own, SecondCopy& copy, std::size_t listed_max);

}  // namespace ledger

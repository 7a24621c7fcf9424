// The stored bytes of a log, read without trusting any of them: to say what damaged entries
// hold, and what is left.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/proof/checkpoint.h"
#include "ledger/proof/key.h"

namespace ledger {

class IndexTail;
struct OpenLedger;

namespace proof {
class TileReader;
}

// What stands for one entry, aligned to 8 bytes; it need not be an event.
struct StoredEntry {
  Sequence index;
  Bytes bytes;
  bool intact;  // it fits its checksum
};

// A ledger's directory at the size its head names. Safe from any thread; never writes.
class Evidence {
 public:
  // Opens also what a Reader refuses because it is not what was signed. Fails with
  // `not_found`, `corrupt` (the database does not open) or `unavailable`.
  static Result<Evidence> open(const std::filesystem::path& directory);

  TreeSize size() const;
  const proof::VerifierKey& verifier() const;

  // Visits what can be read of the entries from `first` to `end`, in log order. The bytes
  // live until `visit` returns.
  void scan(Sequence first, TreeSize end,
            const std::function<void(const StoredEntry&)>& visit) const;
  // The bytes of one entry; nothing when no frame yields them.
  std::optional<std::vector<std::byte>> entry(Sequence index) const;
  // Where the event with this source and id stands: the index table's word, confirmed by the
  // entry itself.
  Result<std::optional<Sequence>> find(std::string_view source, std::string_view id) const;

  // The high-water checkpoint. Fails with `corrupt` unless `key` signed it.
  Result<proof::Checkpoint> checkpoint(const proof::VerifierKey& key) const;
  // The stored hashes. Lives as long as this.
  std::unique_ptr<proof::TileReader> tiles() const;

 private:
  explicit Evidence(std::shared_ptr<const OpenLedger> ledger);

  std::shared_ptr<const OpenLedger> ledger_;
  std::shared_ptr<const IndexTail> tail_;
};

}  // namespace ledger

// Reading a ledger: by index, stream, type and time, at a fixed size.
#pragma once

#include <bitset>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/event.h"

namespace ledger {

class IndexTail;
struct OpenLedger;
class Vault;
struct VaultKey;

namespace proof {
struct TileId;
}

// Which entries a scan visits. Frames that hold none of them are skipped unread.
struct Selection {
  Sequence from{0};
  TreeSize to{~std::uint64_t{0}};              // exclusive, cut to the size of the view
  std::optional<std::bitset<256>> types = {};  // by number of EventType
  std::optional<std::int64_t> time_from = {};  // ns, inclusive, by `time`
  std::optional<std::int64_t> time_to = {};    // ns, exclusive
};

// A view of a ledger at a size that does not change. Safe from any thread. Opened
// by itself it never writes the directory and may run beside a writer.
class Reader {
 public:
  // Fails with `not_found` (no ledger there), `corrupt`, or `unavailable`.
  static Result<Reader> open(const std::filesystem::path& directory);

  TreeSize size() const;
  // The same ledger as it was with its first `size` events; more than there are means all.
  Reader at(TreeSize size) const;

  // Visits the selected entries in log order until `visit` fails; its error is returned.
  // An entry lives until `visit` returns. Fails with `corrupt` on a damaged frame.
  Status scan(const Selection& selection, const std::function<Status(const Entry&)>& visit) const;
  // The same with a second thread, which reads ahead of `visit`.
  Status scan_ahead(const Selection& selection,
                    const std::function<Status(const Entry&)>& visit) const;
  // Calls `use` with one entry. Fails with `not_found` beyond the view.
  Status read(Sequence index, const std::function<Status(const Entry&)>& use) const;
  // Calls `use` with each of `indexes` (sorted, distinct), reading every frame once.
  Status read_each(const std::vector<Sequence>& indexes,
                   const std::function<Status(const Entry&)>& use) const;
  // The index of the event with this source and id, if the view holds it.
  Result<std::optional<Sequence>> find(std::string_view source, std::string_view id) const;
  // All entries of a stream, in log order.
  Result<std::vector<Sequence>> stream(std::string_view subject) const;

  // The root of the tree over this view (RFC 6962, section 2.1).
  Result<Hash> root() const;
  // The hashes of a tile as wide as this view makes it: what proofs and published tiles
  // are made of. Fails with `not_found` for a tile that the view does not have.
  Result<std::vector<Hash>> tile(proof::TileId tile) const;
  std::string origin() const;
  // Whether what names a person is sealed. If so, `vault` opens the keys for reading; it fails
  // as `Vault::open` does, or with `unavailable` when no key is given.
  bool is_sealed() const;
  Result<std::unique_ptr<Vault>> vault(const std::optional<VaultKey>& key) const;
  std::string verifier_key() const;
  // The newest stored checkpoint, a signed note, of a size within this view.
  Result<std::optional<std::string>> checkpoint() const;

 private:
  friend class Log;
  Reader(std::shared_ptr<const OpenLedger> ledger, TreeSize size);
  std::shared_ptr<const OpenLedger> ledger_;
  std::shared_ptr<const IndexTail> tail_;  // shared with smaller views
  TreeSize size_;
};

}  // namespace ledger

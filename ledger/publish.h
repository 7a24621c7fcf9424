// Publishing a ledger as a static folder of C2SP tlog-tiles, for any web server or CDN.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "ledger/base/error.h"
#include "ledger/proof/merkle.h"
#include "ledger/reader.h"

namespace ledger {

// Entry bundles disclose what dealers do; the hashes alone prove as much to who has an entry.
enum class Disclosure { entries, hashes_only };

struct PublishOptions {
  Disclosure disclosure = Disclosure::entries;
  // The signed statement of mentions, to be published with the log it is about.
  std::optional<std::string> mentions = {};
  // Told now and then how many entries are done.
  std::function<void(std::uint64_t done)> progress = {};
};

struct Publication {
  TreeSize before;        // what the folder held
  proof::TreeHead tree;   // what it holds now: the newest checkpoint of the view
  std::uint64_t files{};  // written
};

// Writes or extends the folder to the newest checkpoint of the view. Each file is put in place
// whole, and the checkpoint after all that it needs, so that a reader of the folder, or one who
// comes after a crash, never sees a checkpoint without its tiles; running it again goes on. Partial
// tiles stay until the full one is there. One run at a time, beside any readers and a writer.
// Fails with `corrupt`, the published checkpoint untouched, when the folder holds another log or a
// past that this ledger has not, or when the stored tree does not lead to the signed root; with
// `conflict` while another run is at work or hashes are wanted where entries are published; with
// `unavailable`.
Result<Publication> publish(const Reader& view, const std::filesystem::path& folder,
                            const PublishOptions& options);

}  // namespace ledger

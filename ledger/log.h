// The append-only log: one totally ordered, gap-free sequence of entries, hashed
// into an RFC 6962 tree.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/batch.h"
#include "ledger/config.h"
#include "ledger/event.h"
#include "ledger/proof/ed25519.h"
#include "ledger/reader.h"
#include "ledger/vault_key.h"

namespace ledger {

class Vault;

namespace proof {
struct Note;
}

// What an accepted batch came to.
struct Appended {
  std::vector<Sequence> indexes;  // of each event, in order; of the first one for a repeated event
  std::size_t added = 0;          // events that were new
  TreeSize size;                  // of the log once this batch was in it
};

// The log as an admission function may see it: everything committed, everything on
// its way, and the earlier events of the batch in question.
class Pending {
 public:
  virtual std::optional<Sequence> find(std::string_view source, std::string_view id) const = 0;
  virtual std::optional<Sequence> last_of(std::string_view subject) const = 0;
  // The subjects of all streams that begin so, sorted.
  virtual std::vector<std::string> subjects(std::string_view beginning) const = 0;
  // Calls `use` with the entry; it lives until `use` returns.
  virtual Status read(Sequence index, const std::function<Status(const Entry&)>& use) const = 0;
  // The key under which the signature of the event in question was found good when it was
  // submitted. Nothing says that this was not looked at, or not found so.
  virtual std::optional<proof::ed25519::PublicKey> signed_by() const = 0;
  virtual const Config& config() const = 0;

 protected:
  ~Pending() = default;
};

// Decides whether an event may enter, given all that comes before it. Runs in log
// order, one call at a time, on whichever thread writes; an Error refuses the whole batch.
using Admission = std::function<Status(const Entry& event, const Pending& before)>;

// Batches of one caller that are submitted one after the other, none waited for: once one of
// them fails, those submitted after it fail too, with `conflict`, and record nothing.
class Succession {
 private:
  friend class Log;
  bool ended_ = false;  // of the log's own threads
};

// The one writer of a ledger. `append` may be called from any number of threads;
// the batches waiting are committed in groups by one writer at a time, one sync a group.
class Log {
 public:
  struct Options {
    // Absent: everything is admitted, and no author's signature is looked at.
    Admission admission = {};
    std::function<std::int64_t()> now_ns = {};  // absent: the system clock
    bool force_checkpoint_at_close = true;
    // How long acknowledged events may stay unsigned.
    std::chrono::milliseconds checkpoint_delay{900};
    // Of the vault, where the ledger seals personal values.
    std::optional<VaultKey> vault_key = {};
    // How many entries wait for their rows in the index tables until those are written together.
    // More makes appending faster, and the opening after a crash slower.
    std::size_t index_run_entries = 1 << 17;
  };

  // Opens the ledger in `directory` for writing. Fails with `unavailable` when another
  // process writes it, with `corrupt` when the log is shorter than or different from its
  // high-water checkpoint or the database is damaged, with `not_found` when there is none.
  // A ledger that seals is `unavailable` without its vault and the key of it.
  static Result<std::unique_ptr<Log>> open(const std::filesystem::path& directory, Options options);
  // Makes an empty ledger with a signing key named `origin`. Fails with `conflict` when
  // there is one already, with `invalid` for a name that cannot stand in a signed note.
  // Returns the verifier key. With the key of a vault, that is made too, beside the directory,
  // and whatever names a person will be stored sealed.
  static Result<std::string> create(const std::filesystem::path& directory, std::string_view origin,
                                    const std::optional<VaultKey>& vault_key = {});

  ~Log();  // waits for what was submitted, signs a last checkpoint
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  // Appends all of `batch` or nothing; returns when it is on disk (synced). Fails with
  // `conflict` (expected size; same source and id with other content), `invalid` (not
  // admitted), or `unavailable` (the disk refuses: nothing more is accepted by this Log).
  // Where events are at fault, the error names every one of them by its position.
  Result<Appended> append(const Batch& batch);
  // The same without waiting: `done` runs on the log's own thread.
  void submit(Batch batch, std::function<void(Result<Appended>)> done,
              std::shared_ptr<Succession> succession = nullptr);

  TreeSize size() const;  // acknowledged events
  // Signs, stores and returns a checkpoint of the present size; its high-water copy is on
  // disk on return.
  Result<std::string> sign_checkpoint();
  // Adds what witnesses signed to the stored checkpoint that has this text; returns it with all
  // its signatures, on disk. Fails with `not_found` when no such checkpoint is stored. The
  // signatures are taken at their word.
  Result<std::string> add_cosignatures(const proof::Note& note);
  // The vault that this log seals with; null in a ledger that does not. Destroying a person's
  // keys requires that nothing is being appended.
  Vault* vault() const;
  // A view of the acknowledged events. It shares this Log's database and keeps it open,
  // and locked, for as long as it lives.
  Reader reader() const;

 private:
  class Impl;
  explicit Log(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ledger

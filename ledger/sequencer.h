// Decides what enters the log, in which order and as what: the expected size, what is
// there already, the clock, admission.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/author_signers.h"
#include "ledger/base/error.h"
#include "ledger/batch.h"
#include "ledger/group.h"
#include "ledger/index_run.h"
#include "ledger/index_tables.h"
#include "ledger/known_rows.h"
#include "ledger/log.h"
#include "ledger/open_ledger.h"
#include "ledger/pending_index.h"
#include "ledger/sealer.h"

namespace ledger {

// Knows everything committed, everything on its way and what the present batch has
// added so far. One thread at a time.
class Sequencer final : public Pending {
 public:
  // Takes up where the log ends; with a vault, it seals. Fails with `corrupt` when the log's
  // right edge is damaged.
  static Result<std::unique_ptr<Sequencer>> resume(const OpenLedger& ledger, Log::Options options,
                                                   Vault* vault);
  virtual ~Sequencer() = default;
  Sequencer(const Sequencer&) = delete;
  Sequencer& operator=(const Sequencer&) = delete;

  // Begins the next group, for which these batches are wanted. They must outlive the group's
  // sequencing.
  void begin_group(std::vector<const Batch*> batches);
  // Adds the new events of one of those batches to the group, or none of it and an error. In
  // their order; one may be passed over. `signers` is what was found out about its signatures.
  Result<Appended> sequence(const Batch& batch, const Signers& signers);

  // Ends the group; returns it and what must be written. It stays on its way until
  // `forget_first`.
  struct Sealed {
    std::shared_ptr<const Group> group;
    Head head;  // once it is written
    WriteGroup writes;
    std::shared_ptr<const VaultRows> keys;  // to be written before; null where nothing is sealed
    // Of index rows of earlier entries. If it failed, nothing more may be written.
    Status indexed = Ok{};
  };

  Sealed seal_group();

  enum class Outcome : std::uint8_t { durable, failed };

  // The group longest on its way is in the database now, or it or one before could not be
  // written.
  void forget_first(Outcome outcome);

  // Has the index tables cover all of the log. Only when no group is on its way, and as the last
  // thing: later lookups would miss these rows. Fails with `unavailable`.
  Status write_index();

  std::optional<Sequence> find(std::string_view source, std::string_view id) const override;
  std::optional<Sequence> last_of(std::string_view subject) const override;
  std::vector<std::string> subjects(std::string_view beginning) const override;
  Status read(Sequence index, const std::function<Status(const Entry&)>& use) const override;

  std::optional<proof::ed25519::PublicKey> signed_by() const override { return signed_by_; }

  const Config& config() const override { return ledger_.config; }

 private:
  Sequencer(const OpenLedger& ledger, Log::Options options, GrowingTree tree, PendingIndex pending,
            Vault* vault);

  TreeSize size() const { return group_->end(); }

  Status follow_run();
  Status look_up(std::vector<const Batch*> batches);
  Result<std::span<const KnownRow>> known_of(const Batch& batch);
  Result<Appended> enter_all(const Batch& batch, std::span<const KnownRow> known,
                             const Signers& signers);
  Status enter(const Entry& event, const HashedKey& key, const HashedKey& subject,
               std::optional<Sequence> previous);
  Status admit(const Entry& event, std::int64_t now);
  Status repeat(const Entry& event, Sequence first) const;
  Result<bool> is_repeat(const Entry& stored, const Entry& event) const;
  std::int64_t clock();

  // What `look` finds in the newest rows that are not in the tables for sure.
  template <class Look>
  std::optional<Sequence> newest(Look look) const;
  std::optional<Sequence> on_its_way(const HashedKey& key) const;
  std::optional<Sequence> last_on_its_way(const HashedKey& subject) const;

  const OpenLedger& ledger_;
  Log::Options options_;
  GrowingTree tree_;
  std::optional<Sealer> sealer_;  // where the ledger seals
  Head head_;
  std::shared_ptr<Group> group_;
  IndexTables tables_;
  KnownRows known_;
  bool known_together_ = false;    // of all batches of the group, not of the last one asked for
  PendingIndex pending_;           // of the newest entries, the group's included
  std::unique_ptr<IndexRun> run_;  // of those before, until it is written
  std::deque<std::shared_ptr<const Group>> on_their_way_;
  std::optional<proof::ed25519::PublicKey> signed_by_;  // of the event being admitted
  // A lookup that an admission function could not be told has failed.
  mutable std::optional<Error> lookup_failure_;
};

}  // namespace ledger

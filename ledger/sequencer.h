// Decides what enters the log, in which order and as what: the expected size, what is
// there already, the clock, admission.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.h"
#include "ledger/batch.h"
#include "ledger/group.h"
#include "ledger/log.h"
#include "ledger/open_ledger.h"

namespace ledger {

// Knows everything committed, everything on its way and what the present batch has
// added so far. One thread at a time.
class Sequencer final : public Pending {
 public:
  // Takes up where the log ends. Fails with `corrupt` when its right edge is damaged.
  static Result<std::unique_ptr<Sequencer>> resume(const OpenLedger& ledger, Log::Options options);
  virtual ~Sequencer() = default;
  Sequencer(const Sequencer&) = delete;
  Sequencer& operator=(const Sequencer&) = delete;

  // Begins the next group, with room for so many bytes of entries.
  void begin_group(std::size_t byte_count_max);
  // Adds the new events of the batch to the group, or none of it and an error.
  Result<Appended> sequence(const Batch& batch);

  // Ends the group; returns it and what must be written. It stays on its way until
  // `forget_first`.
  struct Sealed {
    std::shared_ptr<const Group> group;
    Head head;  // once it is written
    WriteGroup writes;
  };

  Sealed seal_group();

  // The group longest on its way is in the database now.
  void forget_first() { on_their_way_.pop_front(); }

  std::optional<Sequence> find(std::string_view source, std::string_view id) const override;
  std::optional<Sequence> last_of(std::string_view subject) const override;
  Status read(Sequence index, const std::function<Status(const Entry&)>& use) const override;

 private:
  // What the database says about a batch, asked for all its events at once.
  struct Known {
    std::vector<std::string> keys;
    std::vector<std::optional<Sequence>> firsts;    // by key
    std::vector<std::optional<Sequence>> previous;  // by subject
  };

  Sequencer(const OpenLedger& ledger, Log::Options options, GrowingTree tree);

  TreeSize size() const { return group_->end(); }

  Result<Known> look_up(const Batch& batch) const;
  Result<Appended> enter_all(const Batch& batch, const Known& known);
  Status enter(const Entry& event, std::optional<Sequence> previous);
  Status repeat(const Entry& event, Sequence first) const;
  std::int64_t clock();

  std::optional<Sequence> on_its_way(std::string_view key) const;
  std::optional<Sequence> last_on_its_way(std::string_view subject) const;

  const OpenLedger& ledger_;
  Log::Options options_;
  GrowingTree tree_;
  Head head_;
  std::shared_ptr<Group> group_;
  std::deque<std::shared_ptr<const Group>> on_their_way_;
  // A lookup that an admission function could not be told has failed.
  mutable std::optional<Error> lookup_failure_;
};

}  // namespace ledger

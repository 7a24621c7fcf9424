#pragma once

#include <map>
#include <string>
#include <vector>

#include "ledger/batch.h"
#include "projections/event_source.h"

namespace projections {

// A log as it would be: without some of its events, and with others after its last. What is
// left keeps its index, so that answers cite the log. Writes nothing. The source beneath must
// outlive it. One thread while it is put together; reading is safe from any.
class OverlaySource : public EventSource {
 public:
  explicit OverlaySource(const EventSource& base) : base_(base) {}

  OverlaySource(const OverlaySource&) = delete;
  OverlaySource& operator=(const OverlaySource&) = delete;

  // Leaves the events at `indexes` of the source beneath out; some may be out already.
  void exclude(const std::vector<ledger::Sequence>& indexes);

  // Adds the events of `batch` as a log would that has come this far: what is there already
  // is passed over, and the admission of the program decides on the rest. Only the clock is
  // not asked: nothing is appended, and what is supposed may lie ahead. Returns how many were
  // new. Fails with `conflict` for a source and id that stand with other content and with
  // `invalid` for what is not admitted; the error says which event that was and names the
  // others refused, and the rest is added.
  ledger::Result<std::size_t> add(const ledger::Batch& batch);

  // What this changes, sorted by index: excluded events lie in the source beneath, added ones
  // from its size on.
  const std::vector<ledger::Sequence>& excluded() const { return excluded_; }

  std::size_t added_count() const { return added_.size(); }

  ledger::TreeSize size() const override;
  ledger::Status scan(std::optional<ledger::EventType> only, const Visit& visit) const override;
  ledger::Status read_each(const std::vector<ledger::Sequence>& indexes,
                           const Visit& use) const override;
  ledger::Result<std::optional<ledger::Sequence>> find(std::string_view source,
                                                       std::string_view id) const override;

 private:
  // 64-bit words keep an entry aligned.
  struct Added {
    std::vector<std::uint64_t> words;
    ledger::Entry entry;  // points into `words`
  };

  bool excludes(ledger::Sequence index) const;
  ledger::Result<bool> add(const ledger::Entry& event);
  ledger::Result<std::int64_t> last_appended_ns() const;

  const EventSource& base_;
  std::vector<ledger::Sequence> excluded_;  // sorted
  std::vector<Added> added_;
  std::map<std::string, ledger::Sequence, std::less<>> added_by_key_;  // source#id
};

}  // namespace projections

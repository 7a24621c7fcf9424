#include "ledger/index_audit.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/base/message.h"
#include "ledger/byte_order.h"
#include "ledger/finding.h"
#include "ledger/frame_cursor.h"
#include "ledger/frame_walk.h"
#include "ledger/idempotency_key.h"
#include "ledger/prefetch.h"

namespace ledger {
namespace {

// Names the differing keys. Reads the log once more and looks up every key.
class KeyByKey {
 public:
  KeyByKey(const Store& store, const IndexExpectation& log) : store_(store), log_(log) {}

  std::vector<Finding> run() {
    walk_frames(store_, Sequence{0}, log_.indexed,
                {[this](const FrameView& frame) { take_frame(frame); },
                 [](Sequence, TreeSize, const Message&) {}, [](Bytes) {}});
    for_each_row(Table::idempotency,
                 [this](std::string_view key, std::uint64_t index) { check_key_row(key, index); });
    for_each_row(Table::streams, [this](std::string_view subject, std::uint64_t index) {
      check_stream_row(subject, index);
    });
    for (const auto& [subject, last] : last_by_subject_) {
      add(last, worded("last of stream {} is {}", "流 {} 的最后序号为 {}", subject, last),
          {"no such key", "没有此键"});
    }
    return std::move(findings_);
  }

 private:
  void add(std::optional<std::uint64_t> index, Message expected, Message found) {
    const auto at = index ? std::optional(Sequence{*index}) : std::nullopt;
    findings_.push_back(
        {Finding::Where::index_table, at, std::move(expected), std::move(found), {}, {}});
  }

  bool unreliable(std::uint64_t index) const {
    const auto after = std::upper_bound(
        log_.unreliable.begin(), log_.unreliable.end(), index,
        [](std::uint64_t value, const Gap& gap) { return value < gap.first.value; });
    return after != log_.unreliable.begin() && index < std::prev(after)->end.value;
  }

  void take_frame(const FrameView& frame) {
    for (std::uint32_t position = 0; position < frame.count(); ++position) {
      if (frame.first().value + position >= log_.indexed.value) return;
      const auto entry = entry_at(frame, position);
      if (entry) take_entry(*entry);
    }
  }

  void take_entry(const Entry& entry) {
    const auto index = entry.index.value;
    const auto subject = entry.event->subject()->str();
    std::string key;
    append_idempotency_key(*entry.event, key);
    look_up(key, index);
    const auto last = last_by_subject_.find(subject);
    const auto expected =
        last == last_by_subject_.end() ? -1 : static_cast<std::int64_t>(last->second);
    const auto previous = entry.event->previous();
    if (previous != expected &&
        (previous < 0 || !unreliable(static_cast<std::uint64_t>(previous)))) {
      EntryFinding finding(entry.index);
      finding.differs(std::string("previous"), std::to_string(expected), std::to_string(previous));
      finding.names(entry);
      findings_.push_back(finding.finding());
    }
    last_by_subject_[subject] = index;
  }

  void look_up(const std::string& key, std::uint64_t index) {
    const auto row = store_.get(Table::idempotency, bytes_of(key));
    if (!row) {
      add(index, worded("key {}", "键 {}", key), row.error().message);
    } else if (!*row) {
      add(index, worded("key {} is {}", "键 {} 的序号为 {}", key, index),
          {"no such key", "没有此键"});
    }
  }

  template <class Check>
  void for_each_row(Table table, const Check& check) {
    auto cursor = store_.cursor(table, Store::Pattern::scan);
    for (cursor.seek_first(); cursor.valid(); cursor.next()) {
      const auto key = text_of(cursor.key());
      if (cursor.value().size() == sizeof(std::uint64_t)) {
        check(key, load_little<std::uint64_t>(cursor.value(), 0));
      } else {
        add(std::nullopt, worded("an index of 8 bytes under key {}", "键 {} 下 8 字节的序号", key),
            worded("{} bytes", "{} 字节", cursor.value().size()));
      }
    }
    if (const auto status = cursor.status(); !status) {
      add(std::nullopt, {"a table that can be read through", "能够读完的表"},
          status.error().message);
    }
  }

  void check_key_row(std::string_view key, std::uint64_t index) {
    if (unreliable(index)) return;
    FrameCursor cursor(store_, Store::Pattern::few);
    std::string expected;
    if (index < log_.indexed.value && cursor.seek(Sequence{index})) {
      const auto frame = cursor.load();
      const auto entry = entry_at(frame, static_cast<std::uint32_t>(index - frame.first().value));
      if (!entry) return;  // the entry itself has a finding
      append_idempotency_key(*entry->event, expected);
    }
    if (expected == key) return;
    add(index,
        expected.empty() ? Message("no entry", "没有条目") : worded("key {}", "键 {}", expected),
        worded("key {} is {}", "键 {} 的序号为 {}", key, index));
  }

  void check_stream_row(std::string_view subject, std::uint64_t index) {
    const auto last = last_by_subject_.find(std::string(subject));
    if (last == last_by_subject_.end()) {
      if (!unreliable(index)) {
        add(std::nullopt, worded("no stream {}", "没有流 {}", subject),
            worded("its last is {}", "其最后序号为 {}", index));
      }
      return;
    }
    if (last->second != index && !(index > last->second && unreliable(index))) {
      add(last->second,
          worded("last of stream {} is {}", "流 {} 的最后序号为 {}", subject, last->second),
          std::to_string(index));
    }
    last_by_subject_.erase(last);
  }

  const Store& store_;
  const IndexExpectation& log_;
  std::vector<Finding> findings_;
  std::map<std::string, std::uint64_t> last_by_subject_;
};

}  // namespace

std::optional<PairSum> sum_index_table(const Store& store, Table table, std::uint64_t seed) {
  Prefetch(store, table).announce_all();
  PairSum sum(seed);
  auto cursor = store.cursor(table, Store::Pattern::scan);
  for (cursor.seek_first(); cursor.valid(); cursor.next()) {
    if (cursor.value().size() != sizeof(std::uint64_t)) return std::nullopt;
    sum.add(text_of(cursor.key()), load_little<std::uint64_t>(cursor.value(), 0));
  }
  if (!cursor.status()) return std::nullopt;
  return sum;
}

std::vector<Finding> audit_indexes(const Store& store, const IndexExpectation& log,
                                   const IndexSums& tables) {
  const bool same = tables.keys == log.keys && tables.streams == log.streams;
  if (log.unreliable.empty() && same) return {};
  return KeyByKey(store, log).run();
}

}  // namespace ledger

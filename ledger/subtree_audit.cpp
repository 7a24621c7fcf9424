#include "ledger/subtree_audit.h"

#include <algorithm>
#include <bit>
#include <string>

#include "ledger/base/message.h"
#include "ledger/codec.h"
#include "ledger/finding.h"
#include "ledger/frame_cursor.h"
#include "ledger/frame_walk.h"
#include "ledger/idempotency_key.h"
#include "ledger/leaves.h"
#include "ledger/proof/tile.h"
#include "ledger/stored_tree.h"

namespace ledger {
namespace {

constexpr std::uint64_t tile_width = proof::tile_width_max;

std::optional<Hash> root_of_tile(const Leaves& leaves, std::uint64_t tile) {
  const auto run = leaves.run(tile * tile_width, tile_width);
  if (!run) return std::nullopt;
  return proof::root_of(*run);
}

std::vector<Hash> complete_subtrees(std::span<const Hash> leaves) {
  std::vector<Hash> subtrees;
  while (!leaves.empty()) {
    const auto width = std::bit_floor(leaves.size());
    subtrees.push_back(proof::root_of(leaves.first(width)));
    leaves = leaves.subspan(width);
  }
  return subtrees;
}

class Audit {
 public:
  Audit(const Store& store, const SubtreeTask& task)
      : store_(store),
        task_(task),
        tiles_(store.cursor(Table::tree, Store::Pattern::scan)),
        audit_(task.seed),
        leaves_(task.end.value - task.first.value),
        damaged_(leaves_.size()) {}

  SubtreeAudit run() {
    walk_frames(store_, task_.first, task_.end,
                {[this](const FrameView& frame) { take_frame(frame); },
                 [this](Sequence first, TreeSize end, const Message& why) {
                   audit_.unread.push_back({first, end});
                   audit_.unreliable.push_back({first, end});
                   add_finding(
                       Finding::Where::frame, first,
                       worded("a frame with entries to {}", "条目至 {} 为止的帧", end.value - 1),
                       why);
                 },
                 [this](Bytes key) {
                   add_finding(Finding::Where::frame, std::nullopt,
                               {"frames that do not overlap", "互不重叠的帧"},
                               worded("a record under the key {}", "键 {} 下的记录", hex_of(key)));
                 }});
    compare_tiles();
    audit_.computed.edges = edges(leaves_);
    audit_.believed.edges = believed_ ? edges(*believed_) : audit_.computed.edges;
    return std::move(audit_);
  }

 private:
  void add_finding(Finding::Where where, std::optional<Sequence> index, Message expected,
                   Message found) {
    audit_.findings.push_back({where, index, std::move(expected), std::move(found), {}, {}});
  }

  void take_frame(const FrameView& frame);
  void take_entry(const FrameView& frame, std::uint32_t position);
  void check_fields(const Entry& entry, EntryFinding& finding);
  void check_header(const FrameView& frame);

  void compare_tiles();
  Result<std::vector<Hash>> read_tile(proof::TileId tile);
  std::optional<std::vector<Hash>> stored_tile(proof::TileId tile);
  void compare_leaves(std::uint64_t tile, const std::vector<Hash>& stored,
                      const std::optional<Hash>& above);
  std::vector<std::optional<std::vector<Hash>>> edges(const Leaves& leaves) const;

  const Store& store_;
  const SubtreeTask& task_;
  Cursor tiles_;
  SubtreeAudit audit_;
  Leaves leaves_;
  std::optional<Leaves> believed_;  // once they differ
  std::vector<bool> damaged_;       // entries that have a finding already
  std::string key_;                 // of the entry in hand

  struct {
    std::int64_t lowest, highest, first, last;
    TypeSet types;
    bool whole;  // every entry could be read
  } seen_{};     // in the entries of the frame in hand
};

void Audit::take_frame(const FrameView& frame) {
  seen_ = {INT64_MAX, INT64_MIN, 0, 0, {}, true};
  const auto end = std::min(frame.end(), task_.end);
  const auto count = static_cast<std::uint32_t>(end.value - frame.first().value);
  auto leaf = frame.first().value - task_.first.value;
  for (const auto& hash : leaf_hashes(frame, 0, count)) leaves_.set(leaf++, hash);
  for (std::uint32_t position = 0; position < count; ++position) take_entry(frame, position);
  if (end < frame.end()) {
    add_finding(Finding::Where::frame, frame.first(),
                worded("no entry beyond {}", "条目 {} 之后再无条目", task_.end.value - 1),
                worded("a frame with entries to {}", "条目至 {} 为止的帧", frame.end().value - 1));
    return;
  }
  if (seen_.whole) check_header(frame);
  if (!frame.padding_intact()) {
    add_finding(Finding::Where::frame, frame.first(),
                {"zeros between the entries", "条目之间为零字节"}, {"other bytes", "其他字节"});
  }
}

void Audit::take_entry(const FrameView& frame, std::uint32_t position) {
  const Sequence index{frame.first().value + position};
  const auto bytes = frame.entry(position);
  EntryFinding finding(index);
  const bool intact = frame.entry_intact(position);
  if (!intact) {
    finding.differs({"checksum", "校验和"}, hex_of(frame.entry_checksum(position)),
                    hex_of(checksum(bytes)));
  }
  audit_.entry_bytes += bytes.size();
  const auto entry = decode(index, bytes);
  if (entry) {
    check_fields(*entry, finding);
    if (position == 0) seen_.first = entry->event->appended_ns();
    seen_.last = entry->event->appended_ns();
  } else {
    seen_.whole = false;
    finding.differs({"form", "格式"}, {"a well-formed entry", "格式正确的条目"},
                    entry.error().message);
  }
  if (!entry || !intact) {
    audit_.unreliable.push_back({index, TreeSize{index.value + 1}});
  }
  if (finding.empty()) return;
  if (entry) finding.names(*entry);
  damaged_[index.value - task_.first.value] = true;
  audit_.findings.push_back(finding.finding());
}

void Audit::check_fields(const Entry& entry, EntryFinding& finding) {
  const auto& event = *entry.event;
  const auto time = event.time()->ns();
  seen_.lowest = std::min(seen_.lowest, time);
  seen_.highest = std::max(seen_.highest, time);
  seen_.types[event.type() / 64U] |= std::uint64_t{1} << (event.type() % 64U);
  audit_.clock.add(entry.index, event.appended_ns());

  const auto previous = event.previous();
  if (entry.index.value < task_.indexed.value) {
    key_.clear();
    append_idempotency_key(event, key_);
    audit_.keys.add(key_, entry.index.value);
    const auto subject = event.subject()->string_view();
    audit_.streams.add(subject, entry.index.value);
    if (previous >= 0) audit_.streams.subtract(subject, static_cast<std::uint64_t>(previous));
  }
  if (previous < -1 || previous >= static_cast<std::int64_t>(entry.index.value)) {
    finding.differs(std::string("previous"), {"an earlier index or -1", "更早的序号或 -1"},
                    std::to_string(previous));
  }
  if (task_.authors == nullptr || !event.author_key()) return;
  const auto flaw = task_.authors->flaw_in(entry);
  if (flaw) {
    finding.differs({"author signature", "提交者签名"}, flaw->wanted, flaw->found);
  } else {
    ++audit_.author_signatures;
  }
}

// What scans skip frames by must be true, or entries would be hidden from them.
void Audit::check_header(const FrameView& frame) {
  const bool holds = frame.time_lowest() == seen_.lowest && frame.time_highest() == seen_.highest &&
                     frame.appended_first() == seen_.first && frame.appended_last() == seen_.last &&
                     frame.types() == seen_.types;
  if (holds) return;
  add_finding(Finding::Where::frame, frame.first(),
              {"the times and types of its entries", "其条目的时间与类型"},
              {"a header that states others", "所载与之不同的帧头"});
}

// Entries against tiles of level 0, and those against the tile of level 1.
void Audit::compare_tiles() {
  const auto full = leaves_.size() / tile_width;
  const auto above = leaves_.size() == subtree_entries
                         ? stored_tile({1, task_.first.value / subtree_entries})
                         : std::nullopt;
  for (std::uint64_t tile = 0; tile < full; ++tile) {
    const proof::TileId id{0, task_.first.value / tile_width + tile};
    const auto hash_above = above ? std::optional((*above)[tile]) : std::nullopt;
    audit_.computed.tiles.push_back(root_of_tile(leaves_, tile));
    const auto run = leaves_.run(tile * tile_width, tile_width);
    const auto stored = stored_tile(id);
    const bool agreed =
        stored && run && std::equal(run->begin(), run->end(), stored->begin(), stored->end());
    if (stored && !agreed) compare_leaves(tile, *stored, hash_above);
    audit_.believed.tiles.push_back(agreed || !believed_ ? audit_.computed.tiles.back()
                                                         : root_of_tile(*believed_, tile));
    const auto& root = audit_.believed.tiles.back();
    if (root && hash_above && *root != *hash_above) {
      add_finding(Finding::Where::tile, std::nullopt,
                  worded("{} hash {} {}", "{} 中位置 {} 的哈希 {}",
                         proof::tile_path({1, task_.first.value / subtree_entries}, tile_width),
                         tile, hex_of(*root)),
                  hex_of(*hash_above));
    }
  }
}

// Mostly the tile asked for is the next one in the table.
Result<std::vector<Hash>> Audit::read_tile(proof::TileId tile) {
  const auto key = tile_key(tile);
  const auto is_at = [&] { return tiles_.valid() && std::ranges::equal(tiles_.key(), key); };
  if (!is_at()) tiles_.seek(key);
  TRY(tiles_.status());
  if (!is_at()) {
    return Error{ErrorCode::corrupt, worded("no such tile is stored", "没有存储此瓦片")};
  }
  auto hashes = parse_tile(tile, tiles_.value());
  tiles_.next();
  return hashes;
}

std::optional<std::vector<Hash>> Audit::stored_tile(proof::TileId tile) {
  auto hashes = read_tile(tile);
  if (hashes) return *std::move(hashes);
  add_finding(Finding::Where::tile, std::nullopt, proof::tile_path(tile, tile_width),
              hashes.error().message);
  return std::nullopt;
}

// The tile above decides who is right, if there is one: entries or tile.
void Audit::compare_leaves(std::uint64_t tile, const std::vector<Hash>& stored,
                           const std::optional<Hash>& above) {
  const auto& computed = audit_.computed.tiles.back();
  const bool entries_right = computed && above && *computed == *above;
  if (!entries_right && !believed_) believed_ = leaves_;
  for (std::uint64_t at = 0; at < tile_width; ++at) {
    const auto position = tile * tile_width + at;
    const bool known = leaves_.knows(position);
    if (known && leaves_[position] == stored[at]) continue;
    const Sequence index{task_.first.value + position};
    if (entries_right) {
      const auto name = proof::tile_path({0, index.value / tile_width}, tile_width);
      add_finding(
          Finding::Where::tile, index,
          worded("{} hash {} {}", "{} 中位置 {} 的哈希 {}", name, at, hex_of(leaves_[position])),
          hex_of(stored[at]));
      continue;
    }
    believed_->set(position, stored[at]);
    if (!known || damaged_[position]) continue;
    EntryFinding finding(index);
    finding.differs({"leaf hash", "叶哈希"}, hex_of(stored[at]), hex_of(leaves_[position]));
    // Read a second time, so that the finding can name the event.
    FrameCursor cursor(store_, Store::Pattern::few);
    if (cursor.seek(index)) {
      const auto frame = cursor.load();
      const auto entry =
          entry_at(frame, static_cast<std::uint32_t>(index.value - frame.first().value));
      if (entry) finding.names(*entry);
    }
    audit_.disputed.push_back(finding.finding());
  }
}

std::vector<std::optional<std::vector<Hash>>> Audit::edges(const Leaves& leaves) const {
  std::vector<std::optional<std::vector<Hash>>> result;
  for (const auto size : task_.sizes) {
    const auto count = size.value - task_.first.value;
    const auto hashes = leaves.run(count / tile_width * tile_width, count % tile_width);
    result.push_back(hashes ? std::optional(complete_subtrees(*hashes)) : std::nullopt);
  }
  return result;
}

}  // namespace

SubtreeAudit audit_subtree(const Store& store, const SubtreeTask& task) {
  return Audit(store, task).run();
}

}  // namespace ledger

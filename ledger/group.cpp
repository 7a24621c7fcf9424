#include "ledger/group.h"

#include <algorithm>
#include <cstring>

#include "ledger/base/check.h"
#include "ledger/byte_order.h"
#include "ledger/codec.h"
#include "ledger/proof/hash.h"
#include "ledger/stored_tree.h"

namespace ledger {
namespace {

constexpr std::int64_t no_previous = -1;

}  // namespace

void append_idempotency_key(const schema::Event& event, std::string& out) {
  out += event.source()->string_view();
  out += '#';
  out += event.id()->string_view();
}

// An entry holds its source and id, so the keys need less room than the entries do.
Group::Group(Sequence first, std::size_t byte_count_max) : first_(first) {
  words_.reserve(byte_count_max / sizeof(std::uint64_t));
  keys_.reserve(byte_count_max);
}

Entry Group::add(Bytes entry, std::int64_t appended_ns, std::optional<Sequence> previous) {
  const auto index = Sequence{end().value};
  const auto begin = words_.size();
  const auto word_count = (entry.size() + 7) / 8;
  check(begin + word_count <= words_.capacity(), "a group has room for the entries it takes");
  words_.resize(begin + word_count);
  const auto copy = std::as_writable_bytes(std::span(words_)).subspan(begin * 8, entry.size());
  std::memcpy(copy.data(), entry.data(), entry.size());
  stamp(copy, appended_ns, previous ? static_cast<std::int64_t>(previous->value) : no_previous);

  const auto* event = flatbuffers::GetRoot<schema::Event>(copy.data());
  const auto key_begin = keys_.size();
  append_idempotency_key(*event, keys_);
  key_extents_.push_back({key_begin, keys_.size() - key_begin});
  entries_.push_back({copy, event->type(), event->time()->ns(), appended_ns});
  by_key_[key(entries_.size() - 1)] = index;
  last_by_subject_[event->subject()->string_view()] = index;
  return {index, copy, event};
}

void Group::shrink_to(TreeSize end) {
  while (this->end() > end) {
    const auto last = entry(Sequence{this->end().value - 1});
    by_key_.erase(key(entries_.size() - 1));
    const auto subject = last.event->subject()->string_view();
    const auto previous = last.event->previous();
    // The node goes first: its key lies in the entry that is taken back.
    last_by_subject_.erase(subject);
    if (previous != no_previous && holds(Sequence{static_cast<std::uint64_t>(previous)})) {
      const Sequence earlier{static_cast<std::uint64_t>(previous)};
      last_by_subject_[entry(earlier).event->subject()->string_view()] = earlier;
    }
    words_.resize(words_.size() - (last.bytes.size() + 7) / 8);
    keys_.resize(key_extents_.back().offset);
    key_extents_.pop_back();
    entries_.pop_back();
  }
}

Entry Group::entry(Sequence index) const {
  const auto bytes = entries_[index.value - first_.value].bytes;
  return {index, bytes, flatbuffers::GetRoot<schema::Event>(bytes.data())};
}

std::optional<Sequence> Group::find(std::string_view key) const {
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return std::nullopt;
  return found->second;
}

std::optional<Sequence> Group::last_of(std::string_view subject) const {
  const auto found = last_by_subject_.find(subject);
  if (found == last_by_subject_.end()) return std::nullopt;
  return found->second;
}

void Group::seal(GrowingTree& tree, Head& head, WriteGroup& writes) const {
  if (entries_.empty()) return;
  const auto put_tile = [&writes](proof::TileId tile, std::span<const Hash> hashes) {
    writes.put(Table::tree, tile_key(tile), tile_value(hashes));
  };
  for (std::size_t position = 0; position < entries_.size(); ++position) {
    const auto& entry = entries_[position];
    tree.append(proof::hash_leaf(entry.bytes), put_tile);
    const auto index = first_.value + position;
    writes.put(Table::idempotency, bytes_of(key(position)), std::as_bytes(std::span(&index, 1)));
    head.entry_bytes += entry.bytes.size();
  }
  for (const auto& [subject, last] : last_by_subject_) {
    writes.put(Table::streams, bytes_of(subject), std::as_bytes(std::span(&last.value, 1)));
  }
  put_frames(writes);
  head.frontier = tree.frontier();
  head.appended_ns = entries_.back().appended_ns;
  writes.put(Table::meta, bytes_of("head"), head.serialise());
}

// The entries of a frame lie one after the other in `words_`, just as they are stored.
void Group::put_frames(WriteGroup& writes) const {
  const std::span<const FrameEntry> all(entries_);
  for (std::size_t begin = 0; begin < all.size();) {
    const auto index = first_.value + begin;
    const auto room = static_cast<std::size_t>(frame_entries_max - index % frame_entries_max);
    const auto entries = all.subspan(begin, std::min(room, all.size() - begin));
    const auto* start = entries.front().bytes.data();
    const auto last = entries.back().bytes;
    const auto length = static_cast<std::size_t>(last.data() - start) + (last.size() + 7) / 8 * 8;
    writes.put(Table::frames, big_endian(index), frame_head(Sequence{index}, entries),
               Bytes(start, length));
    begin += entries.size();
  }
}

std::string_view Group::key(std::size_t position) const {
  const auto& extent = key_extents_[position];
  return std::string_view(keys_).substr(extent.offset, extent.length);
}

}  // namespace ledger

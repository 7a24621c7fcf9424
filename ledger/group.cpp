#include "ledger/group.h"

#include <algorithm>
#include <cstring>

#include "ledger/base/check.h"
#include "ledger/byte_order.h"
#include "ledger/codec.h"
#include "ledger/proof/tree_hashes.h"
#include "ledger/stored_tree.h"

namespace ledger {
namespace {

constexpr std::int64_t no_previous = -1;

}  // namespace

Group::Group(Sequence first, std::size_t byte_count_max) : first_(first) {
  words_.reserve(byte_count_max / sizeof(std::uint64_t));
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
  entries_.push_back({copy, event->type(), event->time()->ns(), appended_ns});
  return {index, copy, event};
}

void Group::shrink_to(TreeSize end) {
  while (this->end() > end) {
    words_.resize(words_.size() - (entries_.back().bytes.size() + 7) / 8);
    entries_.pop_back();
  }
}

Entry Group::entry(Sequence index) const {
  const auto bytes = entries_[index.value - first_.value].bytes;
  return {index, bytes, flatbuffers::GetRoot<schema::Event>(bytes.data())};
}

std::size_t Group::byte_count() const {
  constexpr std::size_t head_and_keys = 4'096;
  constexpr std::size_t row_and_leaf = 64;  // an entry's, in its frame and in its tile
  return words_.size() * sizeof(std::uint64_t) + entries_.size() * row_and_leaf + head_and_keys;
}

void Group::seal(GrowingTree& tree, Head& head, WriteGroup& writes) const {
  if (entries_.empty()) return;
  const auto put_tile = [&writes](proof::TileId tile, std::span<const Hash> hashes) {
    writes.put(Table::tree, tile_key(tile), tile_value(hashes));
  };
  std::vector<Bytes> entries;
  entries.reserve(entries_.size());
  for (const auto& entry : entries_) {
    entries.push_back(entry.bytes);
    head.entry_bytes += entry.bytes.size();
  }
  tree.append(proof::hash_leaves(entries), put_tile);
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

}  // namespace ledger

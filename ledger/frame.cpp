#include "ledger/frame.h"

#include <algorithm>
#include <cstring>

#include "ledger/base/check.h"
#include "ledger/base/message.h"
#include "ledger/byte_order.h"
#include "ledger/checksum.h"

namespace ledger {
namespace {

// Offsets of the header's fields; the checksum covers all that follows it up to the
// first entry.
constexpr std::size_t checksum_at = 0;
constexpr std::size_t magic_at = 8;
constexpr std::size_t version_at = 12;
constexpr std::size_t count_at = 14;
constexpr std::size_t first_at = 16;
constexpr std::size_t time_lowest_at = 24;
constexpr std::size_t time_highest_at = 32;
constexpr std::size_t appended_first_at = 40;
constexpr std::size_t appended_last_at = 48;
constexpr std::size_t types_at = 56;
constexpr std::size_t header_size = 88;
constexpr std::size_t row_size = 16;  // of the table: offset, length, checksum

constexpr std::uint32_t magic = 0x46594C54;  // "TLYF"
constexpr std::uint16_t version = 1;

constexpr std::size_t padded(std::size_t length) {
  return (length + 7) / 8 * 8;
}

constexpr std::size_t head_size(std::size_t count) {
  return header_size + row_size * count;
}

Error damaged(Sequence first, const Message& what) {
  return {
      ErrorCode::corrupt,
      worded("the frame of entry {} {}; run `tally verify`, and keep this directory as evidence",
             "条目 {} 的帧{}；请运行 `tally verify`，并保留此目录作为证据", first.value, what)};
}

// Each entry must begin where the one before it ends, and the last end with the frame.
bool rows_consistent(Bytes bytes, std::uint32_t count) {
  std::size_t expected = head_size(count);
  for (std::uint32_t row = 0; row < count; ++row) {
    const auto at = head_size(row);
    if (load_little<std::uint32_t>(bytes, at) != expected) return false;
    const auto length = load_little<std::uint32_t>(bytes, at + 4);
    if (length == 0 || length > bytes.size() - expected) return false;
    expected += padded(length);
    if (expected > bytes.size()) return false;
  }
  return expected == bytes.size();
}

}  // namespace

TypeSet type_set(const std::bitset<256>& types) {
  TypeSet set{};
  for (std::size_t type = 0; type < types.size(); ++type) {
    set[type / 64] |= std::uint64_t{types[type]} << (type % 64);
  }
  return set;
}

std::vector<std::byte> frame_head(Sequence first, std::span<const FrameEntry> entries) {
  check(!entries.empty() && first.value % frame_entries_max + entries.size() <= frame_entries_max,
        "a frame holds 1 to 256 entries and crosses no multiple of 256");
  std::vector<std::byte> head(head_size(entries.size()));
  std::int64_t lowest = entries.front().time_ns;
  std::int64_t highest = lowest;
  std::size_t offset = head.size();
  for (std::size_t row = 0; row < entries.size(); ++row) {
    const auto& entry = entries[row];
    lowest = std::min(lowest, entry.time_ns);
    highest = std::max(highest, entry.time_ns);
    head[types_at + entry.type / 8] |= std::byte{1} << (entry.type % 8);
    store_little(head, head_size(row), static_cast<std::uint32_t>(offset));
    store_little(head, head_size(row) + 4, static_cast<std::uint32_t>(entry.bytes.size()));
    store_little(head, head_size(row) + 8, checksum(entry.bytes));
    offset += padded(entry.bytes.size());
  }
  store_little(head, magic_at, magic);
  store_little(head, version_at, version);
  store_little(head, count_at, static_cast<std::uint16_t>(entries.size()));
  store_little(head, first_at, first.value);
  store_little(head, time_lowest_at, lowest);
  store_little(head, time_highest_at, highest);
  store_little(head, appended_first_at, entries.front().appended_ns);
  store_little(head, appended_last_at, entries.back().appended_ns);
  store_little(head, checksum_at, checksum(Bytes(head).subspan(magic_at)));
  return head;
}

Result<FrameView> FrameView::parse(Sequence first, Bytes bytes) {
  if (bytes.size() < head_size(1)) return damaged(first, {"is cut short", "不完整"});
  if (load_little<std::uint32_t>(bytes, magic_at) != magic) {
    return damaged(first, {"has no magic", "没有魔数"});
  }
  const auto stored_version = load_little<std::uint16_t>(bytes, version_at);
  if (stored_version != version) {
    return damaged(
        first, worded("has format version {}, not 1", "的格式版本是 {}，而非 1", stored_version));
  }
  const std::uint32_t count = load_little<std::uint16_t>(bytes, count_at);
  if (count == 0 || first.value % frame_entries_max + count > frame_entries_max ||
      head_size(count) > bytes.size()) {
    return damaged(first, worded("counts {} entries", "计有 {} 个条目", count));
  }
  const auto covered = bytes.subspan(magic_at, head_size(count) - magic_at);
  if (load_little<std::uint64_t>(bytes, checksum_at) != checksum(covered)) {
    return damaged(first, {"has a header that does not fit its checksum", "的帧头与其校验和不符"});
  }
  const auto named = load_little<std::uint64_t>(bytes, first_at);
  if (named != first.value) {
    return damaged(first, worded("says that it begins at entry {}", "自称始于条目 {}", named));
  }
  if (!rows_consistent(bytes, count)) {
    return damaged(first, {"has a table that does not fit it", "的条目表与其不符"});
  }
  return FrameView(first, count, bytes);
}

std::int64_t FrameView::time_lowest() const {
  return load_little<std::int64_t>(bytes_, time_lowest_at);
}

std::int64_t FrameView::time_highest() const {
  return load_little<std::int64_t>(bytes_, time_highest_at);
}

std::int64_t FrameView::appended_first() const {
  return load_little<std::int64_t>(bytes_, appended_first_at);
}

std::int64_t FrameView::appended_last() const {
  return load_little<std::int64_t>(bytes_, appended_last_at);
}

TypeSet FrameView::types() const {
  return load_little<TypeSet>(bytes_, types_at);
}

bool FrameView::holds_any(const TypeSet& types) const {
  const auto here = this->types();
  for (std::size_t word = 0; word < here.size(); ++word) {
    if ((here[word] & types[word]) != 0) return true;
  }
  return false;
}

Bytes FrameView::entry(std::uint32_t position) const {
  const auto row = head_size(position);
  return bytes_.subspan(load_little<std::uint32_t>(bytes_, row),
                        load_little<std::uint32_t>(bytes_, row + 4));
}

std::uint64_t FrameView::entry_checksum(std::uint32_t position) const {
  return load_little<std::uint64_t>(bytes_, head_size(position) + 8);
}

bool FrameView::entry_intact(std::uint32_t position) const {
  return entry_checksum(position) == checksum(entry(position));
}

bool FrameView::padding_intact() const {
  for (std::uint32_t position = 0; position < count_; ++position) {
    const auto row = head_size(position);
    const std::size_t end =
        load_little<std::uint32_t>(bytes_, row) + load_little<std::uint32_t>(bytes_, row + 4);
    for (auto at = end; at < padded(end); ++at) {
      if (bytes_[at] != std::byte{}) return false;
    }
  }
  return true;
}

}  // namespace ledger

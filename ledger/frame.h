// The stored form of a run of entries: one value of the database. Layout, byte by byte,
// in docs/FORMATS.md. Pure.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <span>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"
#include "ledger/base/strong.h"

namespace ledger {

// A frame never crosses a multiple of this, so that full frames are entry bundles.
inline constexpr std::uint64_t frame_entries_max = 256;

// A set of event types, bit by number, as the header holds it.
using TypeSet = std::array<std::uint64_t, 4>;

TypeSet type_set(const std::bitset<256>& types);

// One entry on its way into a frame, with what the header says about it.
struct FrameEntry {
  Bytes bytes;
  std::uint8_t type;
  std::int64_t time_ns;
  std::int64_t appended_ns;
};

// Header and table of the frame of these entries, the first of which has index `first`.
// The frame is these bytes followed by the entries, each zero-padded to 8 bytes.
std::vector<std::byte> frame_head(Sequence first, std::span<const FrameEntry> entries);

// A whole frame whose header and table are known to be sound. It owns nothing. `entry`
// yields aligned bytes only if the frame is aligned to 8 bytes.
class FrameView {
 public:
  // Fails with `corrupt` unless `bytes` hold a frame of this version, stored under the
  // key of `first`, with right lengths, offsets and header checksum. Does not touch the
  // entries.
  static Result<FrameView> parse(Sequence first, Bytes bytes);

  Sequence first() const { return first_; }

  std::uint32_t count() const { return count_; }

  TreeSize end() const { return {first_.value + count_}; }

  std::int64_t time_lowest() const;
  std::int64_t time_highest() const;
  std::int64_t appended_first() const;
  std::int64_t appended_last() const;
  // Whether an entry is of one of these types.
  bool holds_any(const TypeSet& types) const;
  TypeSet types() const;

  Bytes entry(std::uint32_t position) const;
  // What the table names, and whether the entry has it.
  std::uint64_t entry_checksum(std::uint32_t position) const;
  bool entry_intact(std::uint32_t position) const;
  // Whether the bytes between the entries are zero.
  bool padding_intact() const;

  Bytes bytes() const { return bytes_; }

 private:
  FrameView(Sequence first, std::uint32_t count, Bytes bytes)
      : first_(first), count_(count), bytes_(bytes) {}

  Sequence first_;
  std::uint32_t count_;
  Bytes bytes_;
};

}  // namespace ledger

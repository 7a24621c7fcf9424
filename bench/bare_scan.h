#pragma once

#include <xxhash.h>

#include <cstring>
#include <memory>
#include <vector>

#include "bench/bare_database.h"
#include "schemas/event_generated.h"

namespace bench {

// Whether the bytes, aligned to 8, are a well-formed event with a well-formed payload.
bool well_formed(ledger::Bytes entry);

inline rocksdb::ReadOptions scan_options() {
  rocksdb::ReadOptions options;
  options.readahead_size = 4 << 20;
  options.fill_cache = false;
  return options;
}

// The least a reader can do: walks the frames that begin in [from, to) and calls
// `use(entry, checksum)` with the aligned bytes of each entry and the XXH3 that stands
// beside it. False when RocksDB fails.
template <class Use>
bool bare_scan(const BareDatabase& database, std::uint64_t from, std::uint64_t to, Use&& use) {
  const std::unique_ptr<rocksdb::Iterator> frames(
      database.db->NewIterator(scan_options(), database.tables[bare_frames]));
  const auto first = __builtin_bswap64(from);
  frames->Seek({reinterpret_cast<const char*>(&first), sizeof first});
  std::vector<std::uint64_t> aligned;
  for (; frames->Valid(); frames->Next()) {
    std::uint64_t index = 0;
    std::memcpy(&index, frames->key().data(), sizeof index);
    if (__builtin_bswap64(index) >= to) break;
    aligned.resize((frames->value().size() + 7) / 8);
    std::memcpy(aligned.data(), frames->value().data(), frames->value().size());
    const auto* const frame = reinterpret_cast<const std::byte*>(aligned.data());
    std::uint16_t count = 0;
    std::memcpy(&count, frame + 14, sizeof count);
    for (std::size_t row = 0; row < count; ++row) {
      struct {
        std::uint32_t offset, length;
        std::uint64_t checksum;
      } place;

      std::memcpy(&place, frame + 88 + 16 * row, sizeof place);
      use(ledger::Bytes(frame + place.offset, place.length), place.checksum);
    }
  }
  return frames->status().ok();
}

}  // namespace bench

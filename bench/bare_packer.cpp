#include "bench/bare_packer.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <utility>

#include "schemas/event_generated.h"

namespace bench {
namespace {

namespace schema = ledger::schema;

constexpr std::uint64_t frame_entries_max = 256;
constexpr std::size_t frame_header_size = 88;
constexpr std::size_t frame_row_size = 16;
constexpr std::size_t rows_waiting_max = 1 << 17;  // as many entries as the log lets wait

std::string_view view_of(const flatbuffers::String* text) {
  return {text->data(), text->size()};
}

template <class Integer>
void put(char* at, Integer value) {
  std::memcpy(at, &value, sizeof value);
}

std::string big_endian(std::uint64_t value) {
  std::string key(sizeof value, '\0');
  put(key.data(), __builtin_bswap64(value));
  return key;
}

}  // namespace

void BarePacker::pack(const ledger::Batch& group, rocksdb::WriteBatch& writes) {
  writes.Clear();
  for (std::size_t at = 0; at < group.count(); ++at) {
    const auto entry = group.entry(at);
    const auto& event = *schema::GetEvent(entry.data());
    const auto index = tree_.size();
    tree_.append(entry, [&](unsigned level, std::uint64_t number, auto hashes) {
      put_tile(level, number, hashes, writes);
    });
    rows_.add(view_of(event.source()), view_of(event.id()), view_of(event.subject()), index);
    entry_bytes_ += entry.size();
  }
  if (rows_.entries() >= rows_waiting_max) begin_rows();
  put_frames(group, writes);
  put_head(writes);
}

void BarePacker::begin_rows() {
  if (writing_rows_.valid()) rows_status_ = writing_rows_.get();
  if (!rows_status_.ok()) return;
  writing_rows_ = std::async(std::launch::async,
                             [this, rows = std::exchange(rows_, {}), end = tree_.size()]() mutable {
                               return rows.write(database_, end);
                             });
}

rocksdb::Status BarePacker::write_rows() {
  begin_rows();
  return rows_status_.ok() ? writing_rows_.get() : rows_status_;
}

void BarePacker::put_tile(unsigned level, std::uint64_t number,
                          std::span<const ledger::Hash> hashes, rocksdb::WriteBatch& writes) {
  const auto bytes = std::as_bytes(hashes);
  const auto checksum = XXH3_64bits(bytes.data(), bytes.size());
  const auto key = static_cast<char>(level) + big_endian(number);
  const std::array<rocksdb::Slice, 2> parts{slice_of(bytes), slice_of(checksum)};
  const rocksdb::Slice key_slice(key);
  (void)writes.Put(database_.tables[bare_tree], {&key_slice, 1}, {parts.data(), 2});
}

void BarePacker::put_frames(const ledger::Batch& group, rocksdb::WriteBatch& writes) {
  auto index = tree_.size() - group.count();
  for (std::size_t begin = 0; begin < group.count();) {
    const auto room = static_cast<std::size_t>(frame_entries_max - index % frame_entries_max);
    const auto count = std::min(room, group.count() - begin);
    build_frame(group, begin, count, index);
    (void)writes.Put(database_.tables[bare_frames], big_endian(index), frame_);
    begin += count;
    index += count;
  }
}

void BarePacker::build_frame(const ledger::Batch& group, std::size_t begin, std::size_t count,
                             std::uint64_t first) {
  frame_.assign(frame_header_size + frame_row_size * count, '\0');
  std::int64_t lowest = INT64_MAX;
  std::int64_t highest = INT64_MIN;
  for (std::size_t row = 0; row < count; ++row) {
    const auto entry = group.entry(begin + row);
    const auto& event = *schema::GetEvent(entry.data());
    lowest = std::min(lowest, event.time()->ns());
    highest = std::max(highest, event.time()->ns());
    auto& types = frame_[56 + event.type() / 8U];
    types = static_cast<char>(static_cast<unsigned char>(types) | 1U << event.type() % 8U);
    auto* const at = &frame_[frame_header_size + frame_row_size * row];
    put(at, static_cast<std::uint32_t>(frame_.size()));
    put(at + 4, static_cast<std::uint32_t>(entry.size()));
    put(at + 8, XXH3_64bits(entry.data(), entry.size()));
    frame_.append(ledger::text_of(entry));
    frame_.resize((frame_.size() + 7) / 8 * 8);
  }
  put(&frame_[8], std::uint32_t{0x46594C54});
  put(&frame_[12], std::uint16_t{1});
  put(&frame_[14], static_cast<std::uint16_t>(count));
  put(&frame_[16], first);
  put(&frame_[24], lowest);
  put(&frame_[32], highest);
  put(&frame_[0], XXH3_64bits(&frame_[8], frame_header_size + frame_row_size * count - 8));
}

void BarePacker::put_head(rocksdb::WriteBatch& writes) {
  const auto frontier = tree_.frontier();
  std::string head(24, '\0');
  put(&head[16], entry_bytes_);
  head.append(ledger::text_of(frontier));
  put(&head[0], XXH3_64bits(&head[8], head.size() - 8));
  (void)writes.Put(database_.tables[bare_meta], "head", head);
}

}  // namespace bench

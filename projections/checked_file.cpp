#include "projections/checked_file.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <system_error>

#include "ledger/base/check.h"
#include "ledger/checksum.h"
#include "ledger/file_lock.h"

namespace projections {
namespace {

constexpr std::size_t kind_bytes = 8;

struct Beginning {
  std::array<char, kind_bytes> kind;
  std::uint64_t head_bytes, data_bytes, checksum;
};

std::size_t blocks_of(std::size_t bytes) {
  return (bytes + CheckedFile::block_bytes - 1) / CheckedFile::block_bytes;
}

std::uint64_t checksum_of(std::string_view head, std::span<const std::uint64_t> sums) {
  return XXH3_64bits_withSeed(head.data(), head.size(), ledger::checksum(std::as_bytes(sums)));
}

template <class T>
bool read_into(std::ifstream& file, T* to, std::size_t bytes) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): how a stream takes bytes.
  return static_cast<bool>(file.read(reinterpret_cast<char*>(to), static_cast<long>(bytes)));
}

template <class T>
void write_from(std::ofstream& file, const T* from, std::size_t bytes) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): how a stream takes bytes.
  file.write(reinterpret_cast<const char*>(from), static_cast<long>(bytes));
}

// The sums of the parts as if they were one.
std::vector<std::uint64_t> sums_of(std::span<const ledger::Bytes> parts) {
  std::vector<std::uint64_t> sums;
  std::vector<std::byte> block;
  block.reserve(CheckedFile::block_bytes);
  const auto close = [&] {
    sums.push_back(ledger::checksum(block));
    block.clear();
  };
  for (auto part : parts) {
    while (!part.empty()) {
      const auto taken = part.first(std::min(part.size(), CheckedFile::block_bytes - block.size()));
      block.insert(block.end(), taken.begin(), taken.end());
      part = part.subspan(taken.size());
      if (block.size() == CheckedFile::block_bytes) close();
    }
  }
  if (!block.empty()) close();
  return sums;
}

}  // namespace

std::unique_ptr<const CheckedFile> CheckedFile::open(const std::filesystem::path& path,
                                                     std::string_view kind) {
  std::error_code code;
  const auto length = std::filesystem::file_size(path, code);
  if (code || length < sizeof(Beginning)) return nullptr;
  std::unique_ptr<CheckedFile> opened(new CheckedFile);
  auto& file = opened->file_;
  file.open(path, std::ios::binary);
  Beginning beginning{};
  if (!read_into(file, &beginning, sizeof beginning)) return nullptr;
  if (std::string_view(beginning.kind.data(), kind_bytes) != kind) return nullptr;
  // Lengths that are no lengths of this file must not be added up.
  if (beginning.head_bytes > length || beginning.data_bytes > length) return nullptr;
  const auto sums = blocks_of(beginning.data_bytes);
  const auto data_begins = sizeof beginning + beginning.head_bytes + sums * sizeof(std::uint64_t);
  if (data_begins + beginning.data_bytes != length) return nullptr;

  opened->head_.resize(beginning.head_bytes);
  opened->sums_.resize(sums);
  const bool read = read_into(file, opened->head_.data(), opened->head_.size()) &&
                    read_into(file, opened->sums_.data(), sums * sizeof(std::uint64_t));
  if (!read || checksum_of(opened->head_, opened->sums_) != beginning.checksum) return nullptr;
  opened->size_ = beginning.data_bytes;
  opened->data_begins_ = data_begins;
  // Room that is not written to is not memory yet.
  opened->data_.reset(new std::byte[beginning.data_bytes]);
  opened->loaded_ = std::make_unique<std::atomic<bool>[]>(sums);
  return opened;
}

bool CheckedFile::load_block(std::size_t block) const {
  if (loaded_[block].load(std::memory_order_acquire)) return true;
  const std::lock_guard lock(mutex_);
  if (loaded_[block].load(std::memory_order_relaxed)) return true;
  const auto from = block * block_bytes;
  const auto count = std::min(block_bytes, size_ - from);
  auto* const to = data_.get() + from;
  file_.clear();
  file_.seekg(static_cast<std::streamoff>(data_begins_ + from));
  if (!read_into(file_, to, count) || ledger::checksum({to, count}) != sums_[block]) return false;
  loaded_[block].store(true, std::memory_order_release);
  return true;
}

bool CheckedFile::load(std::size_t from, std::size_t count) const {
  bool sound = from <= size_ && count <= size_ - from;
  if (sound && count > 0) {
    const auto last = (from + count - 1) / block_bytes;
    for (auto block = from / block_bytes; sound && block <= last; ++block) {
      sound = load_block(block);
    }
  }
  if (!sound) damaged_ = true;
  return sound;
}

void CheckedFile::write(const std::filesystem::path& path, std::string_view kind,
                        std::string_view head, std::span<const ledger::Bytes> parts) {
  ledger::check(kind.size() == kind_bytes, "a kind of file is named by eight bytes");
  // Two that write at once would write into one another; the other's file is as good as ours.
  auto beside = path;
  beside += ".lock";
  const auto lock = ledger::FileLock::take(beside, {"writing the cache", "写入缓存时"});
  if (!lock) return;
  auto unfinished = path;
  unfinished += ".new";
  const auto sums = sums_of(parts);
  Beginning beginning{};
  std::copy(kind.begin(), kind.end(), beginning.kind.begin());
  beginning.head_bytes = head.size();
  for (const auto part : parts) beginning.data_bytes += part.size();
  beginning.checksum = checksum_of(head, sums);
  std::ofstream file(unfinished, std::ios::binary | std::ios::trunc);
  write_from(file, &beginning, sizeof beginning);
  write_from(file, head.data(), head.size());
  write_from(file, sums.data(), sums.size() * sizeof(std::uint64_t));
  for (const auto part : parts) write_from(file, part.data(), part.size());
  file.close();
  std::error_code ignored;
  if (file) {
    std::filesystem::rename(unfinished, path, ignored);
  } else {
    std::filesystem::remove(unfinished, ignored);
  }
}

}  // namespace projections

#include "projections/checked_file.h"

#define XXH_INLINE_ALL
#include <fcntl.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <system_error>

#include "ledger/base/check.h"
#include "ledger/base/in_parallel.h"
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

// Whether the file has so many bytes from `offset` on; they are then in `to`.
bool read_at(const ledger::Descriptor& file, std::uint64_t offset, void* to, std::size_t bytes) {
  while (bytes > 0) {
    const auto got = ::pread(file.number(), to, bytes, static_cast<::off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    offset += static_cast<std::size_t>(got);
    to = static_cast<std::byte*>(to) + got;
    bytes -= static_cast<std::size_t>(got);
  }
  return true;
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
  std::unique_ptr<CheckedFile> opened(new CheckedFile(::open(path.c_str(), O_RDONLY | O_CLOEXEC)));
  const auto& file = opened->file_;
  Beginning beginning{};
  if (!read_at(file, 0, &beginning, sizeof beginning)) return nullptr;
  if (std::string_view(beginning.kind.data(), kind_bytes) != kind) return nullptr;
  // Lengths that are no lengths of this file must not be added up.
  if (beginning.head_bytes > length || beginning.data_bytes > length) return nullptr;
  const auto sums = blocks_of(beginning.data_bytes);
  const auto sums_begin = sizeof beginning + beginning.head_bytes;
  const auto data_begins = sums_begin + sums * sizeof(std::uint64_t);
  if (data_begins + beginning.data_bytes != length) return nullptr;

  opened->head_.resize(beginning.head_bytes);
  opened->sums_.resize(sums);
  const bool read = read_at(file, sizeof beginning, opened->head_.data(), opened->head_.size()) &&
                    read_at(file, sums_begin, opened->sums_.data(), sums * sizeof(std::uint64_t));
  if (!read || checksum_of(opened->head_, opened->sums_) != beginning.checksum) return nullptr;
  opened->size_ = beginning.data_bytes;
  opened->data_begins_ = data_begins;
  // Room that is not written to is not memory yet.
  opened->data_.reset(new std::byte[beginning.data_bytes]);
  opened->loaded_ = std::make_unique<std::atomic<bool>[]>(sums);
  return opened;
}

std::size_t CheckedFile::bytes_of(std::size_t block) const {
  return std::min(block_bytes, size_ - block * block_bytes);
}

bool CheckedFile::read_block(std::size_t block, std::byte* to) const {
  const auto count = bytes_of(block);
  return read_at(file_, data_begins_ + block * block_bytes, to, count) &&
         ledger::checksum({to, count}) == sums_[block];
}

bool CheckedFile::load_block(std::size_t block) const {
  if (loaded_[block].load(std::memory_order_acquire)) return true;
  const std::lock_guard lock(mutex_);
  if (loaded_[block].load(std::memory_order_relaxed)) return true;
  if (!read_block(block, data_.get() + block * block_bytes)) return false;
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

bool CheckedFile::hand_out(unsigned threads,
                           const std::function<void(std::size_t, ledger::Bytes)>& use) const {
  constexpr std::size_t stretch = 64;  // blocks that a thread takes at once
  const auto blocks = sums_.size();
  std::atomic<bool> sound{true};
  ledger::in_parallel(threads, (blocks + stretch - 1) / stretch, [&](std::size_t taken) {
    std::vector<std::byte> buffer(block_bytes);
    const auto end = std::min(blocks, (taken + 1) * stretch);
    for (auto block = taken * stretch; block < end && sound; ++block) {
      if (read_block(block, buffer.data())) {
        use(block * block_bytes, {buffer.data(), bytes_of(block)});
      } else {
        sound = false;
      }
    }
  });
  if (!sound) damaged_ = true;
  return sound;
}

void CheckedFile::write(const std::filesystem::path& path, std::string_view kind,
                        std::string_view head, std::span<const ledger::Bytes> parts) {
  ledger::check(kind.size() == kind_bytes, "a kind of file is named by eight bytes");
  const auto folder = path.parent_path();
  std::error_code ignored;
  std::filesystem::create_directories(folder, ignored);
  // Two that write at once would write into one another.
  const auto lock = ledger::FileLock::take_folder(folder, {"writing the cache", "写入缓存时"});
  if (!lock) return;
  const auto unfinished = folder / "unfinished";
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
  if (file) {
    std::filesystem::rename(unfinished, path, ignored);
  } else {
    std::filesystem::remove(unfinished, ignored);
  }
}

}  // namespace projections

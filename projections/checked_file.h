// A file in a cache, of which nothing is used before it was held against its checksums.
//
//   kind (8), bytes of the head (8), bytes of the data (8), XXH3-64 of head and sums (8)
//   head
//   sums    XXH3-64 of each 64 KiB of the data, the last as long as it is
//   data
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/descriptor.h"

namespace projections {

// Opening reads the head; a block of the data is read and checked when somebody first asks for
// it, so that a question costs what it touches. Safe from any thread.
class CheckedFile {
 public:
  static constexpr std::size_t block_bytes = std::size_t{64} << 10;

  // Null for what is not there, of another kind, of another length or with a damaged head.
  static std::unique_ptr<const CheckedFile> open(const std::filesystem::path& path,
                                                 std::string_view kind);

  // Puts a file in its place at once, in a folder that is made if it is not there, unless another
  // is being written in that folder. A cache that cannot be written is no error of anybody's:
  // nothing is said of it, and nothing is there that was not there before.
  static void write(const std::filesystem::path& path, std::string_view kind, std::string_view head,
                    std::span<const ledger::Bytes> parts);

  const std::string& head() const { return head_; }

  std::size_t size() const { return size_; }

  // Where the data begins in memory, 16-byte aligned. Only what was `load`ed may be read.
  const std::byte* data() const { return data_.get(); }

  // Whether these bytes of the data are there and sound.
  bool load(std::size_t from, std::size_t count) const;

  // Hands out all of the data by blocks, each sound and with where it begins, and keeps none of it:
  // on so many threads at once, from front to back on one. False where some is not sound; not all
  // of the rest was handed out then. `use` must not throw.
  bool hand_out(unsigned threads,
                const std::function<void(std::size_t at, ledger::Bytes)>& use) const;

  // Whether some of it was read in vain: what was learned from the file is incomplete.
  bool damaged() const { return damaged_; }

  // For a reader that finds the contents at odds with themselves.
  void mark_damaged() const { damaged_ = true; }

 private:
  explicit CheckedFile(int descriptor) : file_(descriptor) {}

  std::size_t bytes_of(std::size_t block) const;
  bool read_block(std::size_t block, std::byte* to) const;
  bool load_block(std::size_t block) const;

  std::string head_;
  std::vector<std::uint64_t> sums_;
  std::size_t size_ = 0;
  std::uint64_t data_begins_ = 0;
  std::unique_ptr<std::byte[]> data_;
  std::unique_ptr<std::atomic<bool>[]> loaded_;  // by block
  mutable std::atomic<bool> damaged_{false};
  mutable std::mutex mutex_;  // held by whoever writes to `data_`
  ledger::Descriptor file_;
};

}  // namespace projections

#pragma once

#include <cstdint>
#include <filesystem>

#include "ledger/base/error.h"

namespace bench {

// A folder that is removed with all that is in it when this goes out of scope.
class Scratch {
 public:
  // Makes one inside `parent`, which should be on the disk that matters: a folder in
  // memory syncs for nothing. Fails with `unavailable`.
  static ledger::Result<Scratch> in(const std::filesystem::path& parent);
  ~Scratch();
  Scratch(Scratch&& other) noexcept;
  Scratch& operator=(Scratch&&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  explicit Scratch(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;  // empty: moved from
};

// The size of all files in `folder`.
std::uint64_t bytes_in(const std::filesystem::path& folder);

}  // namespace bench

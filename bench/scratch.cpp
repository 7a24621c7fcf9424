#include "bench/scratch.h"

#include <cstdlib>
#include <string>

namespace bench {

ledger::Result<Scratch> Scratch::in(const std::filesystem::path& parent) {
  auto name = (parent / "tally-bench-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) {
    return ledger::Error{
        ledger::ErrorCode::unavailable,
        ledger::worded("cannot make a folder for the benchmark in {}; run it where "
                       "you may write and have some gigabytes free",
                       "无法在 {} 中为基准测试建立目录；请在可写且有数 GB "
                       "空闲空间处运行",
                       parent.string())};
  }
  return Scratch(name);
}

Scratch::Scratch(Scratch&& other) noexcept : path_(std::move(other.path_)) {
  other.path_.clear();
}

Scratch::~Scratch() {
  if (path_.empty()) return;
  std::error_code ignored;  // what cannot be removed stays; nothing depends on it
  std::filesystem::remove_all(path_, ignored);
}

std::uint64_t bytes_in(const std::filesystem::path& folder) {
  std::uint64_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  return bytes;
}

}  // namespace bench

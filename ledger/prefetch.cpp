#include "ledger/prefetch.h"

#include <fcntl.h>

#include <numeric>

#include "ledger/base/descriptor.h"

namespace ledger {
namespace {

constexpr std::uint64_t table_bytes_max = 256 << 20;

}  // namespace

Prefetch::Prefetch(const Store& store, Table table)
    : files_(store.files(table)), fetched_(std::make_unique<std::atomic<bool>[]>(files_.size())) {
}

void Prefetch::announce(Bytes first, Bytes last) {
  for (std::size_t file = 0; file < files_.size(); ++file) {
    if (files_[file].first <= text_of(last) && files_[file].last >= text_of(first)) fetch(file);
  }
}

void Prefetch::announce_all() {
  const auto bytes =
      std::accumulate(files_.begin(), files_.end(), std::uint64_t{0},
                      [](std::uint64_t sum, const Store::File& file) { return sum + file.bytes; });
  if (bytes > table_bytes_max) return;
  for (std::size_t file = 0; file < files_.size(); ++file) fetch(file);
}

// Whoever reads a file that cannot be opened will say so.
void Prefetch::fetch(std::size_t file) {
  if (fetched_[file].exchange(true)) return;
  const Descriptor opened(::open(files_[file].path.c_str(), O_RDONLY | O_CLOEXEC));
  if (opened.number() < 0) return;
  static_cast<void>(::posix_fadvise(opened.number(), 0, 0, POSIX_FADV_WILLNEED));
}

}  // namespace ledger

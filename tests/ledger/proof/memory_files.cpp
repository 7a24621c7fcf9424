#include "tests/ledger/proof/memory_files.h"

namespace ledger::proof::test {
namespace {

void append(std::string_view text, std::vector<std::byte>& bytes) {
  for (const char c : text) bytes.push_back(static_cast<std::byte>(c));
}

std::vector<std::byte> bundle(std::uint64_t begin, std::uint64_t end) {
  std::vector<std::byte> bytes;
  for (auto i = begin; i < end; ++i) {
    const auto entry = std::to_string(i);
    bytes.push_back(std::byte{0});
    bytes.push_back(static_cast<std::byte>(entry.size()));
    append(entry, bytes);
  }
  return bytes;
}

}  // namespace

MemoryFiles MemoryFiles::of(const NaiveTree& tree, std::uint64_t size, Holds holds) {
  MemoryFiles log;
  std::uint64_t span = 1;  // leaves under a hash of this level
  for (std::uint8_t level = 0; size / span != 0; ++level, span *= tile_width_max) {
    const auto hashes = size / span;
    for (std::uint64_t number = 0; number * tile_width_max < hashes; ++number) {
      const auto begin = number * tile_width_max;
      const auto width = std::min<std::uint64_t>(hashes - begin, tile_width_max);
      std::vector<std::byte> bytes;
      for (std::uint64_t i = begin; i < begin + width; ++i) {
        const auto hash = tree.root(i * span, (i + 1) * span);
        bytes.insert(bytes.end(), hash.begin(), hash.end());
      }
      log.files[tile_path({level, number}, static_cast<std::uint32_t>(width))] = bytes;
      if (level != 0 || holds == Holds::hashes_only) continue;
      log.files[bundle_path({number}, static_cast<std::uint32_t>(width))] =
          bundle(begin, begin + width);
    }
  }
  return log;
}

}  // namespace ledger::proof::test

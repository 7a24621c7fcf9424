// A published log in memory, written from entries by the definitions alone: tiles cut from a
// naive tree, bundles by hand. Tests damage it as they like.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "ledger/proof/published_log.h"
#include "tests/ledger/proof/naive_tree.h"

namespace ledger::proof::test {

enum class Holds { entries, hashes_only };

class MemoryFiles final : public PublishedFiles {
 public:
  // The log whose entry i is the decimal spelling of i, as published at that size.
  static MemoryFiles of(const NaiveTree& tree, std::uint64_t size, Holds holds);

  Result<std::vector<std::byte>> read(const std::string& path) override {
    const auto found = files.find(path);
    if (found == files.end()) return Error{ErrorCode::not_found, "no " + path};
    return found->second;
  }

  std::map<std::string, std::vector<std::byte>> files;
};

}  // namespace ledger::proof::test

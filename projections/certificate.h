#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "ledger/base/bytes.h"
#include "projections/models.h"

namespace projections {

// What a replay came to, so that anyone can repeat it and compare.
struct Certificate {
  struct Policy {
    std::string policy;
    std::int32_t version = 0;
    ledger::Hash sha256{};  // of the document as published
  };

  std::vector<Policy> policies;  // in the cut, by name, then version
  ledger::Hash result_sha256{};  // over the JSON Lines of every read model, in their order
  std::uint64_t lines = 0;       // JSON Lines in all
  std::vector<std::string> overflows;
};

// Told each row of each model, in the order of the digest, without its line end.
using EachRow = std::function<void(ReadModel, const std::string& row)>;

// Prints every read model into the digest. Fails with the source's errors.
ledger::Result<Certificate> certify(const Replay& replay, const EachRow& each_row = {});

}  // namespace projections

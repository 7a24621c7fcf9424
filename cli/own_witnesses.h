// What a ledger itself has to show of its witnesses: read from what it keeps, without asking them.
#pragma once

#include <cstdint>
#include <optional>

#include "cli/console.h"
#include "ledger/reader.h"
#include "projections/json.h"

namespace cli {

class OwnWitnesses {
 public:
  // Nothing for a ledger without a policy, or one that cannot be read: opening it says so.
  static std::optional<OwnWitnesses> of(const std::filesystem::path& directory);

  void print(Console& console) const;
  // `witnessed_size`, and `unwitnessed` where it was ever written without them.
  void print(projections::JsonObject& object) const;

 private:
  // Of the newest stored checkpoint that a quorum of the policy cosigned; absent: of none.
  std::optional<ledger::TreeSize> witnessed_;
  ledger::TreeSize size_;
  std::uint64_t unwitnessed_ = 0;  // how often it was written though too few answered
};

}  // namespace cli

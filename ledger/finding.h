// How findings are put into words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/message.h"
#include "ledger/event.h"
#include "ledger/verify.h"

namespace ledger {

std::string hex_of(Bytes bytes);
std::string hex_of(std::uint64_t checksum);

// What differs about one entry; becomes one finding, however much differs. Costs next to nothing
// where nothing does.
class EntryFinding {
 public:
  explicit EntryFinding(Sequence index) : index_(index) {}

  void differs(const Message& what, const Message& expected, const Message& found);
  // The event as it reads now, so that the finding can name it. Requires that something differs.
  void names(const Entry& entry);

  bool empty() const { return !finding_; }

  // Requires that something differs.
  const Finding& finding() const { return *finding_; }

 private:
  Sequence index_;
  std::optional<Finding> finding_;
};

}  // namespace ledger

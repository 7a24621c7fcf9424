// How findings are put into words.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/event.h"
#include "ledger/verify.h"

namespace ledger {

std::string hex_of(Bytes bytes);
std::string hex_of(std::uint64_t checksum);

// What differs about one entry; becomes one finding, however much differs.
class EntryFinding {
 public:
  explicit EntryFinding(Sequence index) : finding_{Finding::Where::entry, index, {}, {}, {}, {}} {}

  // The event as it reads now, so that the finding can name it.
  void names(const Entry& entry);
  void differs(const std::string& what, const std::string& expected, const std::string& found);

  bool empty() const { return finding_.expected.empty(); }

  const Finding& finding() const { return finding_; }

 private:
  Finding finding_;
};

}  // namespace ledger

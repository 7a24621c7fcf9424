// What `tally check` says of a proof: what was looked at, and what could not be.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/console.h"
#include "cli/trust.h"
#include "ledger/base/strong.h"

namespace cli {

struct ProofFindings {
  std::string_view kind;
  std::string_view number_name;  // the JSON key of `number`
  std::uint64_t number;
  TrustedCheckpoint newest;
  std::vector<std::string_view> checked;
  std::vector<std::string_view> not_checked;
  // Of a proof of completeness: the id, and the events that mention it.
  std::optional<std::string> id = {};
  std::vector<ledger::Sequence> indexes = {};
};

void print_json(const ProofFindings& findings, Console& console);
// The checkpoint that a proof rests on, for people.
void print_checkpoint(const TrustedCheckpoint& trusted, Console& console);

// Whatever is wrong with a proof, its form or its content, is a check that failed.
template <class T>
ledger::Result<T> failing(ledger::Result<T> result) {
  if (result) return result;
  return ledger::Error{ledger::ErrorCode::corrupt, result.error().message};
}

}  // namespace cli

// What a witness makes of a request to cosign (C2SP tlog-witness, add-checkpoint). Pure: the same
// request over the same memory always gets the same answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/strong.h"
#include "ledger/proof/key.h"
#include "ledger/proof/merkle.h"
#include "ledger/proof/note.h"

namespace ledger::proof {

// The outcomes, by the HTTP status that stands for each.
enum class WitnessVerdict {
  cosign = 200,        // the log only grew: the request may be signed
  malformed = 400,     // no request, or one whose old size is above the new one
  untrusted = 403,     // no trusted key of the log signed it, or a signature is wrong
  unknown_log = 404,   // the witness was not told of a log of that name
  stale = 409,         // the old size is not what the witness signed last
  inconsistent = 422,  // the log did not only grow, or that is not proven
};

struct WitnessJudgement {
  WitnessVerdict verdict;
  std::string reason;  // why not; empty for what may be signed
  Note note = {};      // what may be signed, with the signatures of the log's keys
  TreeHead tree = {};  // that it is about
};

// The name of the log that a request is about; nothing for what is no request.
std::optional<std::string> origin_of_request(std::string_view request);

// Judges a request about a log that has these keys and whose newest tree that the witness signed
// is `known`, size 0 before the first.
WitnessJudgement judge_request(std::string_view request, const std::vector<VerifierKey>& log_keys,
                               const TreeHead& known);

}  // namespace ledger::proof

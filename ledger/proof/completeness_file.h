// The file that proves, offline, which entries of a log mention an id, and that these are all.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/proof/checkpoint.h"
#include "ledger/proof/mention_map.h"
#include "ledger/proof/mention_statement.h"

namespace ledger::proof {

struct CompletenessFile {
  std::string id;
  std::vector<Sequence> indexes;  // of all entries that mention it, in log order
  MentionProof proof;
  std::string checkpoint;  // the signed note of the log, verbatim
  std::string statement;   // the signed note of its map of mentions, verbatim
};

// Requires an id and notes that are well-formed.
std::string format(const CompletenessFile& file);
// The inverse. Checks the form only, not what it proves. Fails with `invalid`, naming the line.
Result<CompletenessFile> parse_completeness_file(std::string_view text);

// Checks that the log `origin`, whose key is `log`, says of its map of mentions what the file
// says of the id. Returns the checkpoint, which is of the same tree. That the map has every
// mention in it is for those to check who have all entries. Fails with `invalid` (malformed) or
// `corrupt` (not proven).
Result<Checkpoint> check_completeness(const CompletenessFile& file, const VerifierKey& log,
                                      std::string_view origin);

}  // namespace ledger::proof

// Checkpoints (C2SP tlog-checkpoint): what a log signs of its tree.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.h"
#include "ledger/proof/key.h"
#include "ledger/proof/merkle.h"

namespace ledger::proof {

struct Checkpoint {
  std::string origin;  // names the log, in all its checkpoints
  TreeHead tree;
  std::vector<std::string> extensions;  // further lines of foreign logs: signed, otherwise ignored
};

// The text of the note: origin, size, root, extensions, a line each. Requires an origin and
// extensions that are not empty and hold no line end.
std::string format(const Checkpoint& checkpoint);
// The inverse. Fails with `invalid`, naming the line.
Result<Checkpoint> parse_checkpoint(std::string_view text);

// Opens the note that is a checkpoint of the log `origin`, signed by `log`; other
// signatures are ignored. The origin of our logs is the name of their key; foreign logs may
// differ. Fails with `invalid` (not a checkpoint) or `corrupt` (the signature is missing or
// wrong, or it is another log's checkpoint).
Result<Checkpoint> open_checkpoint(std::string_view note, const VerifierKey& log,
                                   std::string_view origin);

}  // namespace ledger::proof

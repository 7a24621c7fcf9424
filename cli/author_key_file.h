// Keys of authors, as commands are given them: a file with the secret, or the public text.
#pragma once

#include <string>

#include "cli/console.h"
#include "ledger/base/error.h"
#include "ledger/proof/key.h"

namespace cli {

// The secret in a file that `tally key new` wrote. Fails with `not_found` or `invalid`; the
// message shows nothing of it.
ledger::Result<ledger::proof::SigningKey> read_signing_key(const std::string& path,
                                                           Console& console);

// `holder+id+base64`, or the public half of the key in a file.
ledger::Result<ledger::proof::VerifierKey> read_author_key(const std::string& text_or_path,
                                                           Console& console);

}  // namespace cli

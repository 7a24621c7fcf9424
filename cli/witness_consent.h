// What a ledger's witnesses say before it is written: they remember what it had signed when its
// own directory was rolled back.
#pragma once

#include <filesystem>

#include "cli/command.h"
#include "ledger/reader.h"

namespace cli {

// `--without-witnesses`: go on though too few of them answer. That is recorded.
Option without_witnesses_option();

// Asks the witnesses of the ledger's policy, if it has one, for the newest checkpoint of it that
// they signed. Fails with `corrupt` when one signed more than the ledger has, or something else;
// with `unavailable` when fewer answer than the policy's quorum, unless the call has
// `--without-witnesses`: then a line in `unwitnessed.jsonl` says so, on disk on return. Writes
// nothing else.
ledger::Status ask_before_writing(const Arguments& arguments, Console& console);

// Asks the same of a ledger that was restored into a folder and is not in use yet. Fails with
// `corrupt` likewise; tells when fewer than a quorum answer, since nothing is written yet.
ledger::Status ask_about_restored(const std::filesystem::path& folder, Console& console);

}  // namespace cli

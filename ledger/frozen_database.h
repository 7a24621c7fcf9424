// A database as it stood at one moment, though another process goes on writing it.
#pragma once

#include <filesystem>

#include "ledger/base/error.h"

namespace ledger {

// Puts into the empty directory `place` what makes up the database at some moment between
// call and return. Tables, which never change once they have a name, are hard links where
// the file system has them; the manifest and the write-ahead logs are copied as far as they
// go. Nothing is written to `database`, and its writer is neither asked nor slowed.
//
// A writer that removes files meanwhile can spoil the copy. Where it removed a log this
// fails with `unavailable`: clear `place` and try again. Where it removed a table the copy
// does not open: likewise.
Status freeze_database(const std::filesystem::path& database, const std::filesystem::path& place);

}  // namespace ledger

// A lock between processes, held on a file or directory.
#pragma once

#include <filesystem>

#include "ledger/base/descriptor.h"
#include "ledger/base/error.h"
#include "ledger/base/message.h"

namespace ledger {

// Held until it is destroyed or its process ends, however that ends. One thread at a time.
class FileLock {
 public:
  // On a file, which is made if nothing is there. Does not wait. Fails with `unavailable` when
  // another holds it, saying that `busy`, or when it cannot be opened.
  static Result<FileLock> take(const std::filesystem::path& path, const Message& busy);

  // The same on a directory, which must be there; `code` is that of another who holds it.
  static Result<FileLock> take_folder(const std::filesystem::path& folder, const Message& busy,
                                      ErrorCode code = ErrorCode::unavailable);

 private:
  static Result<FileLock> take(const std::filesystem::path& path, int flags, const Message& busy,
                               ErrorCode code);

  explicit FileLock(int descriptor) : file_(descriptor) {}

  Descriptor file_;
};

}  // namespace ledger

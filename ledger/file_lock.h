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
  // Makes the file if nothing is there; does not wait. Fails with `code` when another holds it,
  // saying that `busy`, and with `unavailable` when the file cannot be opened.
  static Result<FileLock> take(const std::filesystem::path& path, const Message& busy,
                               ErrorCode code = ErrorCode::unavailable);

 private:
  explicit FileLock(int descriptor) : file_(descriptor) {}

  Descriptor file_;
};

}  // namespace ledger

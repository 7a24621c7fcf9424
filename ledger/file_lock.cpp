#include "ledger/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace ledger {

Result<FileLock> FileLock::take(const std::filesystem::path& path, const Message& busy) {
  std::error_code ignored;
  const bool directory = std::filesystem::is_directory(path, ignored);
  const int flags = directory ? O_RDONLY | O_DIRECTORY : O_RDWR | O_CREAT;
  FileLock lock(::open(path.c_str(), flags | O_CLOEXEC, 0644));
  if (lock.descriptor_ >= 0 && ::flock(lock.descriptor_, LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno == EWOULDBLOCK) return Error{ErrorCode::unavailable, busy};
  const auto reason = std::error_code(errno, std::generic_category()).message();
  return Error{ErrorCode::unavailable,
               worded("cannot lock {}: {}; check the permissions", "无法锁定 {}：{}；请检查权限",
                      path.string(), reason)};
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

FileLock::FileLock(FileLock&& from) noexcept : descriptor_(std::exchange(from.descriptor_, -1)) {
}

}  // namespace ledger

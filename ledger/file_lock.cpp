#include "ledger/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <system_error>

namespace ledger {

Result<FileLock> FileLock::take(const std::filesystem::path& path, const Message& busy) {
  return take(path, O_RDWR | O_CREAT, busy, ErrorCode::unavailable);
}

Result<FileLock> FileLock::take_folder(const std::filesystem::path& folder, const Message& busy,
                                       ErrorCode code) {
  return take(folder, O_RDONLY | O_DIRECTORY, busy, code);
}

Result<FileLock> FileLock::take(const std::filesystem::path& path, int flags, const Message& busy,
                                ErrorCode code) {
  FileLock lock(::open(path.c_str(), flags | O_CLOEXEC, 0644));
  const int file = lock.file_.number();
  if (file >= 0 && ::flock(file, LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno == EWOULDBLOCK) return Error{code, busy};
  const auto reason = std::error_code(errno, std::generic_category()).message();
  return Error{ErrorCode::unavailable,
               worded("cannot lock {}: {}; check the permissions", "无法锁定 {}：{}；请检查权限",
                      path.string(), reason)};
}

}  // namespace ledger

// A disk that fails when told to, for tests: loaded into a program with LD_PRELOAD, it counts
// the calls that change files below one directory and lets the N-th of them fail.
//
//   FAULT_UNDER   the directory, as an absolute path without links
//   FAULT_CALLS   which calls count: any of w (write, pwrite), s (fsync, fdatasync,
//                 sync_file_range) and a (fallocate)
//   FAULT_FILE    if set, only calls on files count whose name holds it
//   FAULT_AT      the number of the call that fails, from 1 on; 0 for none
//   FAULT_ERRNO   ENOSPC or EIO. A write for which there is no space first writes half of what
//                 it is given, as a disk does that fills up
//   FAULT_STAYS   1: every later call fails, too
//   FAULT_REPORT  a file for the number of calls, the name of the first file that failed, and
//                 how many bytes standard output, where it is a file, had by then
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <mutex>
#include <string>
#include <string_view>

namespace {

std::string setting(const char* name) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here changes the environment.
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

class FailingDisk {
 public:
  ~FailingDisk() {
    const auto report = setting("FAULT_REPORT");
    if (report.empty()) return;
    std::ofstream out(report);
    out << seen_;
    if (!failed_.empty()) out << ' ' << failed_ << ' ' << told_;
    out << '\n';
  }

  FailingDisk() = default;
  FailingDisk(const FailingDisk&) = delete;
  FailingDisk& operator=(const FailingDisk&) = delete;

  // Whether this call fails; `errno` then says why.
  bool fails(int descriptor, char kind) {
    if (calls_.find(kind) == std::string::npos) return false;
    std::string path(4096, '\0');
    const auto link = "/proc/self/fd/" + std::to_string(descriptor);
    const auto length = ::readlink(link.c_str(), path.data(), path.size());
    if (length < 0) return false;
    path.resize(static_cast<std::size_t>(length));
    if (under_.empty() || path.find(under_ + "/") != 0) return false;
    if (path.find(file_, path.rfind('/')) == std::string::npos) return false;
    const std::lock_guard lock(mutex_);
    ++seen_;
    if (at_ == 0 || (stays_ ? seen_ < at_ : seen_ != at_)) return false;
    if (failed_.empty()) {
      failed_ = path;

      struct stat standard_output {};

      if (::fstat(STDOUT_FILENO, &standard_output) == 0) told_ = standard_output.st_size;
    }
    errno = error_;
    return true;
  }

  // How much of a failing write is done all the same.
  std::size_t part_of(std::size_t size) const { return error_ == ENOSPC ? size / 2 : 0; }

 private:
  std::string under_ = setting("FAULT_UNDER");
  std::string calls_ = setting("FAULT_CALLS");
  std::string file_ = setting("FAULT_FILE");
  unsigned long at_ = std::strtoul(setting("FAULT_AT").c_str(), nullptr, 10);
  int error_ = setting("FAULT_ERRNO") == "EIO" ? EIO : ENOSPC;
  bool stays_ = setting("FAULT_STAYS") == "1";

  std::mutex mutex_;  // guards what follows
  unsigned long seen_ = 0;
  std::string failed_;
  off_t told_ = 0;
};

FailingDisk& disk() {
  static FailingDisk instance;
  return instance;
}

template <class Function>
Function* real(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

int synced(int descriptor, const char* name) {
  if (disk().fails(descriptor, 's')) return -1;
  return real<int(int)>(name)(descriptor);
}

int allocated(int descriptor, int mode, off_t offset, off_t length, const char* name) {
  if (disk().fails(descriptor, 'a')) return -1;
  return real<int(int, int, off_t, off_t)>(name)(descriptor, mode, offset, length);
}

ssize_t written_at(int descriptor, const void* bytes, std::size_t size, off_t offset,
                   const char* name) {
  const auto write_there = real<ssize_t(int, const void*, std::size_t, off_t)>(name);
  if (!disk().fails(descriptor, 'w')) return write_there(descriptor, bytes, size, offset);
  const auto error = errno;
  static_cast<void>(write_there(descriptor, bytes, disk().part_of(size), offset));
  errno = error;
  return -1;
}

}  // namespace

// The C library's own names and signatures.
// NOLINTBEGIN(readability-identifier-naming)
extern "C" {

ssize_t write(int descriptor, const void* bytes, std::size_t size) {
  const auto write_on = real<ssize_t(int, const void*, std::size_t)>("write");
  if (!disk().fails(descriptor, 'w')) return write_on(descriptor, bytes, size);
  const auto error = errno;
  static_cast<void>(write_on(descriptor, bytes, disk().part_of(size)));
  errno = error;
  return -1;
}

ssize_t pwrite(int descriptor, const void* bytes, std::size_t size, off_t offset) {
  return written_at(descriptor, bytes, size, offset, "pwrite");
}

ssize_t pwrite64(int descriptor, const void* bytes, std::size_t size, off_t offset) {
  return written_at(descriptor, bytes, size, offset, "pwrite64");
}

int fsync(int descriptor) {
  return synced(descriptor, "fsync");
}

int fdatasync(int descriptor) {
  return synced(descriptor, "fdatasync");
}

int sync_file_range(int descriptor, off_t offset, off_t count, unsigned flags) {
  // Without flags it syncs nothing: RocksDB asks whether the file system knows the call.
  if (flags != 0 && disk().fails(descriptor, 's')) return -1;
  return real<int(int, off_t, off_t, unsigned)>("sync_file_range")(descriptor, offset, count,
                                                                   flags);
}

int fallocate(int descriptor, int mode, off_t offset, off_t length) {
  return allocated(descriptor, mode, offset, length, "fallocate");
}

int fallocate64(int descriptor, int mode, off_t offset, off_t length) {
  return allocated(descriptor, mode, offset, length, "fallocate64");
}
}
// NOLINTEND(readability-identifier-naming)

#include "cli/new_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace cli {
namespace {

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(file) == 0;
}

ledger::Status write_new(const std::string& path, std::string_view bytes, mode_t mode,
                         Console& console) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): the system call is declared so.
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (file < 0 && errno == EEXIST) {
    return ledger::Error{
        ledger::ErrorCode::conflict,
        console.text("{}: is there already and stays as it is; name another "
                     "file, or move that one away.",
                     "{}：文件已存在，未作改动；请换一个文件名，或先移走该文件。", path)};
  }
  if (file < 0) return cannot_write(path, errno, console);
  const bool written = write_all(file, bytes);
  const int why = errno;
  if (::close(file) == 0 && written) return ledger::Ok{};
  ::unlink(path.c_str());
  return cannot_write(path, why, console);
}

}  // namespace

ledger::Error cannot_write(const std::string& path, int why, Console& console) {
  return {ledger::ErrorCode::unavailable,
          console.text("{}: cannot be written ({}); choose another place or make room.",
                       "{}：无法写入（{}）；请另选位置或腾出空间。", path,
                       std::generic_category().message(why))};
}

ledger::Status write_new_file(const std::string& path, std::string_view bytes, Console& console) {
  constexpr mode_t readable_by_all = 0644;
  return write_new(path, bytes, readable_by_all, console);
}

ledger::Status write_new_secret(const std::string& path, std::string_view bytes, Console& console) {
  constexpr mode_t owner_only = 0600;
  return write_new(path, bytes, owner_only, console);
}

}  // namespace cli

#include "cli/placed_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "cli/new_file.h"
#include "ledger/base/descriptor.h"

namespace cli {
namespace {

ledger::Error taken(const std::string& path, Console& console) {
  return {ledger::ErrorCode::conflict,
          console.text("{}: is there already and stays as it is; name another file, or add --force "
                       "to write over it.",
                       "{}：文件已存在，未作改动；请换一个文件名，或加 --force 覆盖。", path)};
}

// A file under way, gone unless it was put into its place.
class Draft {
 public:
  explicit Draft(const std::string& path) : name_(path + ".XXXXXX") {
    const ledger::Descriptor made(::mkstemp(name_.data()));
    if (made.number() < 0) {
      name_.clear();
      why_ = errno;
    }
  }

  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  ~Draft() {
    if (!name_.empty()) ::unlink(name_.c_str());
  }

  const std::string& name() const { return name_; }

  int why() const { return why_; }

  // 0, or the error of the system. A link does not write over what is there.
  int put(const std::string& path, IfThere if_there) {
    constexpr int readable_by_all = 0644;
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): the system call is declared so.
    const ledger::Descriptor opened(::open(name_.c_str(), O_RDONLY | O_CLOEXEC));
    const int file = opened.number();
    if (file < 0 || ::fsync(file) != 0 || ::fchmod(file, readable_by_all) != 0) return errno;
    const int done = if_there == IfThere::replace ? ::rename(name_.c_str(), path.c_str())
                                                  : ::link(name_.c_str(), path.c_str());
    return done == 0 ? 0 : errno;
  }

 private:
  std::string name_;
  int why_ = 0;
};

}  // namespace

ledger::Status check_free(const std::string& path, Console& console) {
  std::error_code ignored;
  if (std::filesystem::symlink_status(path, ignored).type() ==
      std::filesystem::file_type::not_found) {
    return ledger::Ok{};
  }
  return taken(path, console);
}

ledger::Status place_file(const std::string& path, IfThere if_there,
                          const std::function<ledger::Status(const std::string&)>& write,
                          Console& console) {
  Draft draft(path);
  if (draft.name().empty()) return cannot_write(path, draft.why(), console);
  TRY(write(draft.name()));
  const int why = draft.put(path, if_there);
  if (why == 0) return ledger::Ok{};
  return why == EEXIST ? taken(path, console) : cannot_write(path, why, console);
}

}  // namespace cli

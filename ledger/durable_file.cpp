#include "ledger/durable_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>

namespace ledger {
namespace {

// An open file; closes it.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}

  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }

  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int number() const { return number_; }

 private:
  int number_;
};

Error failed(const char* what, const std::filesystem::path& path) {
  const auto reason = std::error_code(errno, std::generic_category()).message();
  return {ErrorCode::unavailable, std::string("cannot ") + what + " " + path.string() + ": " +
                                      reason + "; check the disk and the permissions"};
}

Status write_all(const Descriptor& file, std::string_view content,
                 const std::filesystem::path& path) {
  while (!content.empty()) {
    const auto written = ::write(file.number(), content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failed("write", path);
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(file.number()) != 0) return failed("sync", path);
  return Ok{};
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    return Error{ErrorCode::not_found, "there is no file " + path.string()};
  }
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  if (!file) return failed("read", path);
  return content.str();
}

Status replace_file(const std::filesystem::path& path, std::string_view content,
                    FileAccess access) {
  auto fresh = path;
  fresh += ".new";
  const mode_t mode = access == FileAccess::owner_only ? 0600 : 0644;
  {
    const Descriptor file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
    if (file.number() < 0) return failed("create", fresh);
    // An older leftover keeps its own mode otherwise.
    if (::fchmod(file.number(), mode) != 0) return failed("protect", fresh);
    TRY(write_all(file, content, fresh));
  }
  if (::rename(fresh.c_str(), path.c_str()) != 0) return failed("replace", path);
  return sync_directory(path.parent_path());
}

Status sync_directory(const std::filesystem::path& directory) {
  const auto path = directory.empty() ? std::filesystem::path(".") : directory;
  const Descriptor opened(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.number() < 0) return failed("open", path);
  if (::fsync(opened.number()) != 0) return failed("sync", path);
  return Ok{};
}

}  // namespace ledger

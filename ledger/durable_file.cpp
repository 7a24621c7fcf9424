#include "ledger/durable_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>

#include "ledger/base/descriptor.h"
#include "ledger/base/message.h"

namespace ledger {
namespace {

Error failed(const Message& what, const std::filesystem::path& path) {
  const auto reason = std::error_code(errno, std::generic_category()).message();
  return {ErrorCode::unavailable,
          worded("cannot {} {}: {}; check the disk and the permissions",
                 "无法{} {}：{}；请检查磁盘与权限", what, path.string(), reason)};
}

// Where a file waits until it is whole.
std::filesystem::path waiting(std::filesystem::path path) {
  path += ".new";
  return path;
}

mode_t mode_of(FileAccess access) {
  return access == FileAccess::owner_only ? 0600 : 0644;
}

Status write_all(const Descriptor& file, std::string_view content,
                 const std::filesystem::path& path) {
  while (!content.empty()) {
    const auto written = ::write(file.number(), content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failed({"write", "写入"}, path);
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return Ok{};
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    return Error{ErrorCode::not_found, worded("there is no file {}", "没有文件 {}", path.string())};
  }
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  if (!file) return failed({"read", "读取"}, path);
  return content.str();
}

Status replace_file(const std::filesystem::path& path, std::string_view content,
                    FileAccess access) {
  const auto fresh = waiting(path);
  const mode_t mode = mode_of(access);
  {
    const Descriptor file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
    if (file.number() < 0) return failed({"create", "新建"}, fresh);
    // An older leftover keeps its own mode otherwise.
    if (::fchmod(file.number(), mode) != 0) return failed({"protect", "保护"}, fresh);
    TRY(write_all(file, content, fresh));
    if (::fsync(file.number()) != 0) return failed({"sync", "同步"}, fresh);
  }
  if (::rename(fresh.c_str(), path.c_str()) != 0) return failed({"replace", "替换"}, path);
  return sync_directory(path.parent_path());
}

Status create_file(const std::filesystem::path& path, std::string_view content, FileAccess access) {
  const mode_t mode = mode_of(access);
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (file.number() < 0 && errno == EEXIST) {
    return Error{ErrorCode::conflict, worded("{} is there already; choose another name",
                                             "{} 已存在；请换一个名称", path.string())};
  }
  if (file.number() < 0) return failed({"create", "新建"}, path);
  auto written = [&]() -> Status {
    TRY(write_all(file, content, path));
    if (::fsync(file.number()) != 0) return failed({"sync", "同步"}, path);
    return sync_directory(path.parent_path());
  }();
  if (!written) ::unlink(path.c_str());
  return written;
}

Status append_line(const std::filesystem::path& path, std::string_view line) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
  if (file.number() < 0) return failed({"create", "新建"}, path);
  TRY(write_all(file, std::string(line) + "\n", path));
  if (::fsync(file.number()) != 0) return failed({"sync", "同步"}, path);
  return sync_directory(path.parent_path());
}

Status FileBatch::add(const std::filesystem::path& path, std::string_view content) {
  std::error_code code;
  for (auto folder = path.parent_path(); !folder.empty(); folder = folder.parent_path()) {
    if (!folders_.insert(folder).second || std::filesystem::is_directory(folder, code)) break;
  }
  std::filesystem::create_directories(path.parent_path(), code);
  if (code) {
    errno = code.value();
    return failed({"create", "新建"}, path.parent_path());
  }
  const auto fresh = waiting(path);
  const Descriptor file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (file.number() < 0) return failed({"create", "新建"}, fresh);
  TRY(write_all(file, content, fresh));
  // Only sets the disk to work, so that the syncs of `commit` find most of theirs done.
  static_cast<void>(::sync_file_range(file.number(), 0, 0, SYNC_FILE_RANGE_WRITE));
  paths_.push_back(path);
  return Ok{};
}

Status FileBatch::commit() {
  for (const auto& path : paths_) {
    const auto fresh = waiting(path);
    const Descriptor file(::open(fresh.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0) return failed({"open", "打开"}, fresh);
    if (::fsync(file.number()) != 0) return failed({"sync", "同步"}, fresh);
  }
  for (const auto& path : paths_) {
    if (::rename(waiting(path).c_str(), path.c_str()) != 0) {
      return failed({"replace", "替换"}, path);
    }
  }
  for (const auto& folder : folders_) TRY(sync_directory(folder));
  paths_.clear();
  folders_.clear();
  return Ok{};
}

Status sync_directory(const std::filesystem::path& directory) {
  const auto path = directory.empty() ? std::filesystem::path(".") : directory;
  const Descriptor opened(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.number() < 0) return failed({"open", "打开"}, path);
  if (::fsync(opened.number()) != 0) return failed({"sync", "同步"}, path);
  return Ok{};
}

}  // namespace ledger

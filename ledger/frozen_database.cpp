#include "ledger/frozen_database.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <system_error>

#include "ledger/base/message.h"
#include "ledger/durable_file.h"

namespace ledger {
namespace {

namespace fs = std::filesystem;

Error failed(const fs::path& path, const std::error_code& error) {
  return {ErrorCode::unavailable,
          worded("cannot copy {}: {}; check the disk, its space and the permissions",
                 "无法复制 {}：{}；请检查磁盘、其空间与权限", path.string(), error.message())};
}

// The names with this extension, in order.
Result<std::set<std::string>> names_in(const fs::path& directory, std::string_view extension) {
  std::set<std::string> names;
  std::error_code error;
  fs::directory_iterator file(directory, error);
  for (; !error && file != fs::directory_iterator(); file.increment(error)) {
    if (file->path().extension() == extension) names.insert(file->path().filename());
  }
  if (error) return failed(directory, error);
  return names;
}

// A file that the writer removed meanwhile is passed over: if it mattered, the copy will not
// open, or the logs tell.
Status copy_if_there(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::copy_file(from, to, error);
  if (error && error != std::errc::no_such_file_or_directory) return failed(from, error);
  return Ok{};
}

Status link_tables(const fs::path& database, const fs::path& place) {
  for (const auto& name : TRY(names_in(database, ".sst"))) {
    std::error_code error;
    fs::create_hard_link(database / name, place / name, error);
    if (!error || error == std::errc::file_exists) continue;
    if (error == std::errc::no_such_file_or_directory) continue;
    TRY(copy_if_there(database / name, place / name));
  }
  return Ok{};
}

}  // namespace

// The order is what makes the copy whole. Tables are held before the manifest that names
// them is read, so that few can get lost. Logs are listed after it, so that they reach at
// least as far as any table; all listed but the newest have ended, so that no record is
// missing before one that is there.
Status freeze_database(const fs::path& database, const fs::path& place) {
  const auto logs_before = TRY(names_in(database, ".log"));
  TRY(link_tables(database, place));
  const auto current = TRY(read_file(database / "CURRENT"));
  const auto manifest = current.substr(0, current.find('\n'));
  if (manifest.empty() || manifest.find('/') != std::string::npos) {
    return Error{
        ErrorCode::corrupt,
        worded("{} names no manifest; keep this directory as evidence and restore a backup",
               "{} 未指明清单文件；请保留此目录作为证据并恢复备份",
               (database / "CURRENT").string())};
  }
  TRY(copy_if_there(database / manifest, place / manifest));
  TRY(link_tables(database, place));
  for (const auto& log : TRY(names_in(database, ".log"))) {
    TRY(copy_if_there(database / log, place / log));
  }
  TRY(replace_file(place / "CURRENT", current, FileAccess::everyone));
  const auto logs_after = TRY(names_in(database, ".log"));
  if (std::includes(logs_after.begin(), logs_after.end(), logs_before.begin(), logs_before.end())) {
    return Ok{};
  }
  return Error{ErrorCode::unavailable,
               worded("the writer changes files faster than they can be copied; try again",
                      "写入方改动文件快于复制；请重试")};
}

}  // namespace ledger

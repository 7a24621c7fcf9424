#include "ledger/published_folder.h"

#include <system_error>

#include "ledger/base/message.h"
#include "ledger/durable_file.h"
#include "ledger/proof/bundle.h"

namespace ledger {
namespace {

// No file of a log is larger than a bundle of the longest entries.
constexpr std::uintmax_t file_bytes_max = proof::tile_width_max * (proof::entry_bytes_max + 2);

}  // namespace

Result<std::vector<std::byte>> PublishedFolder::read(const std::string& path) {
  const auto file = folder_ / path;
  std::error_code code;
  const auto status = std::filesystem::status(file, code);
  if (!std::filesystem::exists(status)) {
    if (code && status.type() == std::filesystem::file_type::none) {
      return Error{ErrorCode::unavailable,
                   worded("cannot read {}: {}", "无法读取 {}：{}", file.string(), code.message())};
    }
    return Error{ErrorCode::not_found, worded("there is no file {}", "没有文件 {}", file.string())};
  }
  // What is no file, a pipe say, could be waited for without end.
  if (!std::filesystem::is_regular_file(status)) {
    return Error{ErrorCode::invalid, worded("something that is no file", "非文件")};
  }
  const auto size = std::filesystem::file_size(file, code);
  if (!code && size > file_bytes_max) {
    return Error{ErrorCode::invalid, worded("a file of {} bytes", "{} 字节的文件", size)};
  }
  const auto content = TRY(read_file(file));
  const auto bytes = bytes_of(content);
  return std::vector<std::byte>(bytes.begin(), bytes.end());
}

}  // namespace ledger

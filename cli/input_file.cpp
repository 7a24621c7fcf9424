#include "cli/input_file.h"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <istream>

namespace cli {
namespace {

// What is there, or one byte more than the most that is wanted.
std::string read_some(std::istream& in, std::size_t bytes_max) {
  constexpr std::size_t step = std::size_t{1} << 20;
  std::string content;
  while (in && content.size() <= bytes_max) {
    const auto have = content.size();
    content.resize(std::min(have + step, bytes_max + 1));
    in.read(content.data() + have, static_cast<std::streamsize>(content.size() - have));
    content.resize(have + static_cast<std::size_t>(in.gcount()));
  }
  return content;
}

}  // namespace

ledger::Result<std::string> read_input(std::string_view option, const std::string& path,
                                       Console& console, std::size_t bytes_max) {
  std::ifstream file;
  if (path != "-") file.open(path, std::ios::binary);
  std::istream& in = path == "-" ? std::cin : file;
  auto content = read_some(in, bytes_max);
  // A folder opens, but gives nothing.
  if (in.bad() || (path != "-" && !file.is_open())) {
    return ledger::Error{ledger::ErrorCode::not_found,
                         console.text("{} {}: got no file that can be read; check the name and the "
                                      "permissions.",
                                      "{} {}：无法读取；请检查文件名与权限。", option, path)};
  }
  if (content.size() <= bytes_max) return content;
  return ledger::Error{
      ledger::ErrorCode::invalid,
      console.text("{} {}: got more than {} bytes, wanted a proof, an entry, a checkpoint, a "
                   "map or a policy pack, which are shorter.",
                   "{} {}：超过 {} 字节；应为证明、条目、检查点、列映射或政策包，均短于此。",
                   option, path, bytes_max)};
}

}  // namespace cli

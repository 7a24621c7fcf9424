#include "bench/callgrind.h"

#include <algorithm>
#include <charconv>

#include "bench/child.h"
#include "ledger/durable_file.h"

namespace bench {
namespace {

// The line that begins at `at`, which moves to the next.
std::string_view next_line(std::string_view text, std::size_t& at) {
  const auto end = std::min(text.find('\n', at), text.size());
  const auto line = text.substr(at, end - at);
  at = end + 1;
  return line;
}

// The second number of `12 345`: instructions at a line of some source.
std::uint64_t cost_of(std::string_view line) {
  const auto begin = line.find(' ') + 1;
  std::uint64_t cost = 0;
  std::from_chars(line.data() + begin, line.data() + line.size(), cost);
  return cost;
}

// Whether a shared object is one of those that would outweigh everything else.
bool is_of_libraries(std::string_view object) {
  return object.find("/libcrypto.") != std::string_view::npos ||
         object.find("/libzstd.") != std::string_view::npos;
}

}  // namespace

Instructions sum_of_profile(std::string_view profile) {
  Instructions sum;
  auto* counted = &sum.program;
  for (std::size_t at = 0; at < profile.size();) {
    const auto line = next_line(profile, at);
    if (line.starts_with("ob=")) {
      counted = is_of_libraries(line) ? &sum.libraries : &sum.program;
    } else if (line.starts_with("calls=")) {
      next_line(profile, at);  // what was called has lines of its own
    } else if (!line.empty() && line.front() >= '0' && line.front() <= '9') {
      *counted += cost_of(line);
    }
  }
  return sum;
}

ledger::Result<Instructions> instructions_of(const std::vector<std::string>& command,
                                             const std::filesystem::path& folder) {
  const auto profile = folder / "callgrind.out";
  const auto complaints = folder / "valgrind.log";
  std::vector<std::string> words{"valgrind",
                                 "--tool=callgrind",
                                 "--toggle-collect=bench::counted_loop*",
                                 "--compress-strings=no",
                                 "--compress-pos=no",
                                 "--log-file=" + complaints.string(),
                                 "--callgrind-out-file=" + profile.string()};
  words.insert(words.end(), command.begin(), command.end());
  if (!is_on_path(words.front())) {
    return ledger::Error{ledger::ErrorCode::unavailable,
                         {"there is no valgrind to count with; `./run instructions` installs it",
                          "没有可用于计数的 valgrind；`./run instructions` 会安装"}};
  }
  if (!succeeds(words)) {
    const auto said = ledger::read_file(complaints);
    return ledger::Error{
        ledger::ErrorCode::unavailable,
        said ? ledger::worded("the loop failed under valgrind, which says:\n{}",
                              "循环在 valgrind 下失败，其说明为：\n{}", *said)
             : ledger::Message("the loop failed under valgrind", "循环在 valgrind 下失败")};
  }
  const auto sum = sum_of_profile(TRY(ledger::read_file(profile)));
  if (sum.program == 0) {
    return ledger::Error{ledger::ErrorCode::unavailable,
                         {"callgrind counted nothing inside the loop; was the program stripped "
                          "of its symbols?",
                          "callgrind 在循环内未计到任何指令；程序的符号是否已被去除？"}};
  }
  return sum;
}

}  // namespace bench

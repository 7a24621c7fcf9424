#include "cli/demo/story.h"

#include <fstream>

#include "cli/program.h"

namespace cli::demo {
namespace {

// A word as a shell takes it.
std::string quoted_word(const std::string& word) {
  constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=:#";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
  return "'" + word + "'";
}

}  // namespace

Story::Story(Console& console, std::filesystem::path folder)
    : console_(console), folder_(std::move(folder)) {
}

void Story::tell(const Text& heading, const Text& paragraph) {
  console_.write(fmt::format("\n== {}. {}\n", ++chapter_, console_.in(heading)));
  console_.write(fmt::format("{}\n", console_.in(paragraph)));
}

void Story::show(std::string_view command_line) {
  console_.write(fmt::format("\n$ {}\n", command_line));
}

ledger::Status Story::run(const std::vector<std::string>& words, Exit expected) {
  std::string shown = "tally";
  for (const auto& word : words) shown += " " + quoted_word(word);
  show(shown);
  const auto exit = cli::run(words, console_);
  if (exit == expected) return ledger::Ok{};
  if (exit == Exit::unavailable) {
    return ledger::Error{ledger::ErrorCode::unavailable,
                         console_.text("the story cannot go on here; TMPDIR names another place.",
                                       "故事无法在此继续；可用 TMPDIR 指定其他位置。")};
  }
  return ledger::Error{
      ledger::ErrorCode::corrupt,
      console_.text("the story expected exit status {} here and got {}: this is a bug, please "
                    "report it with the output above.",
                    "故事在此处应以状态 {} 结束，实际为 {}：这是程序缺陷，请附上述输出报告。",
                    static_cast<int>(expected), static_cast<int>(exit))};
}

ledger::Status Story::write(std::string_view name, std::string_view bytes) {
  std::ofstream file(folder_ / name, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (file) return ledger::Ok{};
  return ledger::Error{ledger::ErrorCode::unavailable,
                       console_.text("{}: cannot be written; is the disk full?",
                                     "{}：无法写入，磁盘是否已满？", (folder_ / name).string())};
}

}  // namespace cli::demo

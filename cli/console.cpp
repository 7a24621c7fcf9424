#include "cli/console.h"

#include <unistd.h>

#include "cli/printable.h"

namespace cli {

void Console::write(std::string_view bytes) {
  if (bytes.empty()) return;  // whose address may be null, which fwrite does not take
  if (std::fwrite(bytes.data(), 1, bytes.size(), out_) != bytes.size()) out_broken_ = true;
}

void Console::write_aside(std::string_view bytes) {
  if (std::fflush(out_) != 0) out_broken_ = true;
  // Nobody is left to tell when the error stream itself fails.
  if (!bytes.empty()) (void)std::fwrite(bytes.data(), 1, bytes.size(), err_);
  (void)std::fflush(err_);
}

void Console::write_line(std::string_view prose) {
  write(printable_lines(prose) + "\n");
}

void Console::write_line_aside(std::string_view prose) {
  write_aside(printable_lines(prose) + "\n");
}

void Console::error(std::string_view paragraph) {
  while (!paragraph.empty() && paragraph.back() == '\n') paragraph.remove_suffix(1);
  note("error: {}", "错误：{}", paragraph);
}

Exit Console::fail(const ledger::Error& error) {
  this->error(in(error.message));
  return exit_of(error.code);
}

ledger::Status Console::flush() {
  if (std::fflush(out_) != 0) out_broken_ = true;
  if (!out_broken_) return ledger::Ok{};
  return ledger::Error{
      ledger::ErrorCode::unavailable,
      text("the results could not all be written to standard output; is its disk full, or its "
           "reader gone? What was printed is incomplete.",
           "结果未能全部写入标准输出：磁盘是否已满，或读取方已退出？已输出的内容不完整。")};
}

bool Console::shows_progress() const {
  return ::isatty(::fileno(err_)) == 1;
}

}  // namespace cli

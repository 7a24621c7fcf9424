#include "cli/line_reader.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

namespace cli {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
// Room for a whole line of the greatest length and its end, so that a line is always
// given out as one piece of the buffer.
constexpr std::size_t buffer_bytes = 2 * LineReader::line_bytes_max;

std::string reason(int code) {
  return std::generic_category().message(code);
}

}  // namespace

ledger::Result<LineReader> LineReader::open(const std::filesystem::path& path) {
  const bool standard = path == "-";
  // Of standard input one of our own, which can be closed while that stays open.
  ledger::Descriptor file(standard ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
                                   : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  const auto name = standard ? "standard input" : path.string();
  if (file.number() < 0) {
    const int code = errno;
    const bool absent = code == ENOENT || code == ENOTDIR;
    return ledger::Error{absent ? ledger::ErrorCode::not_found : ledger::ErrorCode::unavailable,
                         ledger::worded("{}: {}; wanted a file of events that can be read.",
                                        "{}：{}；应为可读取的事件文件。", name, reason(code))};
  }
  return LineReader(std::move(file), name);
}

LineReader::LineReader(ledger::Descriptor file, std::string name)
    : file_(std::move(file)), name_(std::move(name)), buffer_(buffer_bytes) {
}

// Reads more behind what is left; false at the end of the file.
ledger::Result<bool> LineReader::refill() {
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  ssize_t got = -1;
  do {
    got = ::read(file_.number(), buffer_.data() + end_, buffer_.size() - end_);
  } while (got < 0 && errno == EINTR);
  if (got < 0) {
    return ledger::Error{
        ledger::ErrorCode::unavailable,
        ledger::worded("{}: reading stopped after {} bytes: {}.", "{}：读取在 {} 字节后中断：{}。",
                       name_, bytes_read_, reason(errno))};
  }
  end_ += static_cast<std::size_t>(got);
  bytes_read_ += static_cast<std::uint64_t>(got);
  return got > 0;
}

std::optional<LineReader::Line> LineReader::finish(std::string_view text,
                                                   std::uint64_t byte_count) {
  ++line_number_;
  if (line_number_ == 1 && text.starts_with(byte_order_mark)) {
    text.remove_prefix(byte_order_mark.size());
    byte_count -= byte_order_mark.size();
    marked_utf8_ = true;
  }
  if (byte_count == text.size() && text.ends_with('\r')) {
    text.remove_suffix(1);
    --byte_count;
  }
  return Line{line_number_, text, byte_count};
}

ledger::Result<std::optional<LineReader::Line>> LineReader::next() {
  std::uint64_t dropped = 0;  // bytes of a line too long to keep
  std::size_t searched = 0;   // of what the buffer holds
  while (true) {
    const auto* const start = buffer_.data() + begin_;
    const auto held = end_ - begin_;
    const auto* const found = static_cast<const char*>(
        held == searched ? nullptr : std::memchr(start + searched, '\n', held - searched));
    if (found != nullptr) {
      const std::string_view text(start, static_cast<std::size_t>(found - start));
      begin_ += text.size() + 1;
      return finish(text, dropped + text.size());
    }
    if (at_end_) {
      if (held == 0 && dropped == 0) return std::optional<Line>();
      begin_ = end_;
      return finish({start, held}, dropped + held);
    }
    searched = held;
    if (held > line_bytes_max + 1) {  // too long already: keep nothing but its length
      dropped += held;
      begin_ = end_ = searched = 0;
    }
    if (before_wait_ && input_waits()) TRY(before_wait_());
    at_end_ = !TRY(refill());
  }
}

bool LineReader::would_wait() const {
  if (at_end_ || std::memchr(buffer_.data() + begin_, '\n', end_ - begin_) != nullptr) return false;
  return input_waits();
}

// Whether there is nothing to read, and no end.
bool LineReader::input_waits() const {
  pollfd input{file_.number(), POLLIN, 0};
  return ::poll(&input, 1, 0) == 0;
}

}  // namespace cli

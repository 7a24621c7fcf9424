#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/base/descriptor.h"
#include "ledger/base/error.h"

namespace cli {

// Lines of a file or of standard input, read once from front to back in bounded memory.
// A byte order mark at the start and a carriage return before a line end are no part of
// a line; the last line may lack its end. One thread.
class LineReader {
 public:
  // No event comes near this: the longest has 65,535 bytes stored, and JSON escapes
  // make at most six characters of a byte.
  static constexpr std::size_t line_bytes_max = std::size_t{1} << 20U;

  struct Line {
    std::uint64_t number;      // from 1
    std::string_view text;     // lives until the next call; cut when too long
    std::uint64_t byte_count;  // the whole length

    bool too_long() const { return byte_count > line_bytes_max; }
  };

  // `-` is standard input. Fails with `not_found` when there is no such file and with
  // `unavailable` when it cannot be read.
  static ledger::Result<LineReader> open(const std::filesystem::path& path);

  // The next line, or nothing at the end. Fails with `unavailable`, and as what `before_wait` does.
  ledger::Result<std::optional<Line>> next();

  // What to do before `next` waits for whoever writes the file.
  void before_wait(std::function<ledger::Status()> act) { before_wait_ = std::move(act); }

  // Whether `next` would wait for whoever writes the file, as it may with a pipe. A line of
  // which the beginning is there counts as one that is there.
  bool would_wait() const;

  std::uint64_t bytes_read() const { return bytes_read_; }

  // Whether the first line began with the byte order mark of UTF-8.
  bool marked_utf8() const { return marked_utf8_; }

 private:
  LineReader(ledger::Descriptor file, std::string name);
  ledger::Result<bool> refill();
  bool input_waits() const;
  std::optional<Line> finish(std::string_view text, std::uint64_t byte_count);

  ledger::Descriptor file_;
  std::string name_;
  std::function<ledger::Status()> before_wait_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0, end_ = 0;  // what is read and not yet given out
  std::uint64_t bytes_read_ = 0;
  std::uint64_t line_number_ = 0;
  bool at_end_ = false;
  bool marked_utf8_ = false;
};

}  // namespace cli

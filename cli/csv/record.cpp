#include "cli/csv/record.h"

#include <utility>

namespace cli::csv {
namespace {

constexpr char quote = '"';

constexpr Text wanted_closed{"a closing quote; a quote inside a quoted cell is written twice",
                             "右引号；引号内的引号须写两次"};

// Not the second, third or fourth byte of a character.
bool begins_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

}  // namespace

void RecordReader::misquote(Text got, Text wanted) {
  if (!record_.fault) record_.fault = Misquoted{line_, column_, got, wanted};
}

void RecordReader::step(char c) {
  if (begins_character(c)) ++column_;
  switch (state_) {
    case State::start:
    case State::plain:
      if (c == delimiter_) {
        record_.cells.push_back(std::exchange(cell_, {}));
        state_ = State::start;
      } else if (c == quote && state_ == State::start) {
        state_ = State::quoted;
        opened_line_ = line_;
        opened_column_ = column_;
      } else {
        if (c == quote) {
          misquote({"a quote inside a cell that does not begin with one",
                    "未以引号开头的单元格内有引号"},
                   {"the whole cell in quotes and the quote written twice",
                    "整个单元格用引号括起，其中的引号写两次"});
        }
        cell_ += c;
        state_ = State::plain;
      }
      return;
    case State::quoted:
      if (c == quote) {
        state_ = State::closed;
      } else {
        cell_ += c;
      }
      return;
    case State::closed:
      if (c == quote) {
        cell_ += c;
        state_ = State::quoted;
      } else if (c == delimiter_) {
        record_.cells.push_back(std::exchange(cell_, {}));
        state_ = State::start;
      } else {
        misquote({"a character after a closing quote", "右引号之后还有字符"},
                 {"a delimiter or the end of the line there", "此处为分隔符或行尾"});
        cell_ += c;
        state_ = State::plain;
      }
      return;
  }
}

std::optional<Record> RecordReader::take(std::uint64_t line, std::string_view text) {
  line_ = line;
  column_ = 0;
  if (state_ == State::quoted) {
    cell_ += '\n';
  } else {
    record_.line = line;
  }
  byte_count_ += text.size() + 1;
  for (const char c : text) step(c);
  if (state_ == State::quoted && byte_count_ <= record_bytes_max) return std::nullopt;
  return end_record();
}

std::optional<Record> RecordReader::finish() {
  if (state_ != State::quoted) return std::nullopt;
  return end_record();
}

Record RecordReader::end_record() {
  if (state_ == State::quoted) {
    line_ = opened_line_;
    column_ = opened_column_;
    misquote({"a quote that is opened and not closed", "引号未闭合"}, wanted_closed);
  }
  record_.cells.push_back(std::exchange(cell_, {}));
  state_ = State::start;
  byte_count_ = 0;
  return std::exchange(record_, {});
}

bool has_outside_quotes(std::string_view text, char delimiter) {
  bool inside = false;
  for (const char c : text) {
    if (c == quote) inside = !inside;
    if (c == delimiter && !inside) return true;
  }
  return false;
}

}  // namespace cli::csv

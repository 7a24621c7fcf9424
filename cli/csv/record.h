// Comma-separated values as RFC 4180 has them, with any delimiter of one byte.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/language.h"

namespace cli::csv {

// What is wrong with the quotes of a record.
struct Misquoted {
  std::uint64_t line;  // of the file
  std::size_t column;  // character of the line, from 1
  Text got, wanted;
};

// One row: cells in which quotes are resolved and the line ends of quoted cells are `\n`.
struct Record {
  std::uint64_t line = 0;  // where it begins
  std::vector<std::string> cells;
  std::optional<Misquoted> fault;  // the first; the cells are then a guess
};

// Builds records of lines, one after the other. Pure. One thread.
class RecordReader {
 public:
  // More than any row that makes an event; bounds what an unclosed quote can swallow.
  static constexpr std::size_t record_bytes_max = std::size_t{1} << 20U;

  explicit RecordReader(char delimiter) : delimiter_(delimiter) {}

  // Takes the next line, UTF-8 without its end. Returns the record that ends with it;
  // nothing while a quoted cell goes on.
  std::optional<Record> take(std::uint64_t line, std::string_view text);
  // At the end of the file: the record whose quote was never closed, if there is one.
  std::optional<Record> finish();

 private:
  enum class State : std::uint8_t { start, plain, quoted, closed };

  void step(char c);
  void misquote(Text got, Text wanted);
  Record end_record();

  char delimiter_;
  State state_ = State::start;
  Record record_;
  std::string cell_;
  std::size_t byte_count_ = 0;  // of the record so far
  std::uint64_t line_ = 0;      // where we are
  std::size_t column_ = 0;
  std::uint64_t opened_line_ = 0;  // where the quoted cell began
  std::size_t opened_column_ = 0;
};

// Whether `text` holds `delimiter` outside quotes.
bool has_outside_quotes(std::string_view text, char delimiter);

}  // namespace cli::csv

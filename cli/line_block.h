#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/line_reader.h"
#include "ledger/batch.h"
#include "ledger/codec.h"

namespace cli {

// Some lines of a file of events that are encoded together, away from who reads them. Owns a
// copy of them. One thread at a time.
class LineBlock {
 public:
  // Copies the line, unless it is too long: then only its length counts.
  void add(const LineReader::Line& line);

  // Whether it should take no more lines.
  bool is_full() const;

  std::size_t count() const { return lines_.size(); }

  // Of the line at that position, in its file.
  std::uint64_t number(std::size_t position) const { return lines_[position].number; }

  // Builds the events of all lines; the text is gone then.
  void encode(ledger::Encoder& encoder);

  // Adds the event of the line at that position, once encoded, to `batch`; says why in one
  // sentence when it was refused.
  std::optional<ledger::Message> add_to(ledger::Batch& batch, std::size_t position) const;

 private:
  struct Line {
    std::uint64_t number;
    std::uint64_t byte_count;  // of which only the first of `text_` are there
    std::size_t text_size;
    std::size_t place;  // in `events_`, or in `refusals_`
    bool refused;
  };

  std::vector<Line> lines_;
  std::string text_;  // of all lines, one after the other
  ledger::Batch events_;
  std::vector<ledger::Message> refusals_;
};

}  // namespace cli

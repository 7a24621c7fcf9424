// One line of a file of events on its way in: what is refused is told alike, whoever reads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cli/console.h"
#include "cli/line_reader.h"
#include "ledger/batch.h"
#include "ledger/codec.h"

namespace cli {

// One line that was not accepted: where it stands, and why.
struct RefusedLine {
  std::string file;
  std::uint64_t line;
  ledger::Message why;
};

// Whether the line holds nothing and is passed over.
bool is_blank(const LineReader::Line& line);

// Adds the event of `line` to `batch`; says why in one sentence when it is refused.
std::optional<ledger::Message> encode_line(const LineReader::Line& line, ledger::Encoder& encoder,
                                           ledger::Batch& batch);

// Names the line with its file, line and field beside the results.
void show_refused(const RefusedLine& refused, Console& console);

// What a file is called in messages: `-` is standard input.
std::string shown_name(const std::string& file);

}  // namespace cli

// What the writer of a refused line is told.
#pragma once

#include <string>
#include <string_view>

namespace ledger {

// Why a line was refused: which field (a dotted path, `data.vins[3]`; empty for the
// line as a whole), what stood there and what was wanted.
struct Refusal {
  std::string field;
  std::string got;
  std::string wanted;
};

// `text` in quotes, fit for a terminal: shortened to some 60 characters and without
// control or direction characters, whoever wrote it.
std::string quoted(std::string_view text);
// The same without quotes, for names that the writer of the line has chosen.
std::string printable(std::string_view text);

}  // namespace ledger

// What the writer of a refused line is told.
#pragma once

#include <string>
#include <string_view>

#include "ledger/base/error.h"

namespace ledger {

// Why a line was refused: which field (a dotted path, `data.vins[3]`; empty for the
// line as a whole), what stood there and what was wanted.
struct Refusal {
  std::string field;
  std::string got;
  std::string wanted;
};

// The error that it becomes for whoever did not hand in lines: `field: got …, wanted …`.
Error refused(std::string_view field, std::string_view got, std::string_view wanted);
Error refused(const Refusal& refusal);

// `text` in quotes, fit for a terminal: shortened to some 60 characters and without
// control or direction characters, whoever wrote it.
std::string quoted(std::string_view text);
// The same without quotes, for names that the writer of the line has chosen.
std::string printable(std::string_view text);

}  // namespace ledger

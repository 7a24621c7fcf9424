#pragma once

#include <cstdint>
#include <string>

#include "ledger/base/strong.h"
#include "projections/json.h"

namespace cli {

// One JSON object and a line end; `fill` writes its keys.
template <class Fill>
std::string json_line(Fill&& fill) {
  std::string line;
  projections::JsonObject object(line);
  fill(object);
  object.close();
  return line + "\n";
}

// A size of the log as JSON has it: below 2^63 for ever.
inline std::int64_t json_number(ledger::TreeSize size) {
  return static_cast<std::int64_t>(size.value);
}

}  // namespace cli

#pragma once

#include <functional>
#include <optional>
#include <string>

#include "cli/command.h"
#include "ledger/reader.h"

namespace cli {

// Which events `export` and `log` show: read from their options `--type`, `--subject`,
// `--from`, `--to`, `--since`.
class EventFilter {
 public:
  static EventFilter from(const Arguments& arguments);

  // Visits the chosen events of `reader` in log order, reading no more frames than needed.
  ledger::Status each(const ledger::Reader& reader,
                      const std::function<ledger::Status(const ledger::Entry&)>& visit) const;

 private:
  ledger::Selection selection_;
  std::optional<std::string> subject_;
};

}  // namespace cli

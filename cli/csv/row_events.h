// The events of a row, in the outside form: what import would read from JSON Lines. They are
// checked there and nowhere else, so that both ways in keep the same rules.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cli/csv/column_map.h"
#include "cli/language.h"
#include "ledger/batch.h"
#include "ledger/codec.h"

namespace cli::csv {

// A map laid over the header line of one file. The map must outlive it. One thread.
class RowEvents {
 public:
  // Finds the columns; says in one sentence why the header line does not do.
  static std::optional<std::string> lay(const ColumnMap& map,
                                        const std::vector<std::string>& header, Language language,
                                        RowEvents& into);

  // Adds the events of a row to `batch`; says why it is refused, one line for each cell.
  std::optional<std::string> encode(const std::vector<std::string>& cells, ledger::Encoder& encoder,
                                    ledger::Batch& batch) const;

  // Headings of columns that the map does not use.
  const std::vector<std::string>& unused() const { return unused_; }

  std::size_t column_count() const { return column_count_; }

 private:
  // The lines of JSON of a row, or what is wrong with its cells.
  class Row;

  const ColumnMap* map_ = nullptr;
  Language language_ = Language::english;
  std::size_t column_count_ = 0;
  std::vector<std::optional<std::size_t>> places_;  // of the columns of the map, in the file
  std::vector<std::string> unused_;
};

}  // namespace cli::csv

#include "cli/table.h"

#include <algorithm>

#include "cli/display_width.h"
#include "cli/printable.h"
#include "ledger/base/check.h"

namespace cli {

void Table::add_column(std::string heading, Align align) {
  columns_.push_back({std::move(heading), align});
}

void Table::add_row(std::vector<std::string> cells) {
  ledger::check(cells.size() == columns_.size(), "a row has a cell for every column");
  for (auto& cell : cells) cell = printable(cell);
  rows_.push_back(std::move(cells));
}

std::string Table::print() const {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    auto width = display_width(columns_[i].heading);
    for (const auto& row : rows_) width = std::max(width, display_width(row[i]));
    widths.push_back(width);
  }
  std::string text;
  const auto add_cell = [&](std::size_t i, std::string_view cell) {
    if (i > 0) text += "  ";
    const bool last = i + 1 == columns_.size();
    if (columns_[i].align == Align::right) {
      text += pad_left(cell, widths[i]);
    } else {
      text += last ? std::string(cell) : pad_right(cell, widths[i]);
    }
  };
  const auto end_line = [&] {
    text.erase(text.find_last_not_of(' ') + 1);
    text += '\n';
  };
  for (std::size_t i = 0; i < columns_.size(); ++i) add_cell(i, columns_[i].heading);
  end_line();
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) add_cell(i, row[i]);
    end_line();
  }
  return text;
}

}  // namespace cli

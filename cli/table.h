#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cli {

// A table for people: columns as wide as their widest cell, by what a terminal shows.
class Table {
 public:
  enum class Align { left, right };

  void add_column(std::string heading, Align align);
  // As many cells as there are columns; they are shown printable.
  void add_row(std::vector<std::string> cells);

  bool empty() const { return rows_.empty(); }

  std::string print() const;

 private:
  struct Column {
    std::string heading;
    Align align;
  };

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace cli

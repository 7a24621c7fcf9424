// The map from the columns of a file to events: TOML, written once for each kind of export.
// docs/IMPORT.md describes it for those who write one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cli/csv/cell.h"
#include "ledger/base/error.h"
#include "ledger/catalogue.h"

namespace cli::csv {

// A column that the map uses, by the heading over it.
struct Column {
  std::string name;
  bool required = false;   // a file without it is refused
  std::uint32_t line = 0;  // of the map, where it is named first
};

using ColumnPlace = std::size_t;  // in ColumnMap::columns

// Text, then the cell of a column if any: `F-{备案号}` is two of them.
struct Piece {
  std::string literal;
  std::optional<ColumnPlace> column;
};

using Template = std::vector<Piece>;

// How a cell is spelled.
enum class Form : std::uint8_t { text, date, month, integer, amount, truth };

// A cell as it becomes a value.
struct CellRecipe {
  ColumnPlace column = 0;
  Form form = Form::text;
  Unit unit = Unit::fen;                                  // of an amount
  std::map<std::string, std::string, std::less<>> terms;  // text → JSON; empty: not by terms
  std::vector<std::string> separators;                    // of a list
  bool list = false;
  bool optional = false;
};

// JSON that is the same in every row.
struct Constant {
  std::string json;
};

using Recipe = std::variant<Constant, Template, CellRecipe>;

// When it happened, or was recorded: a cell, at `at` where it holds but a date; or RFC 3339.
struct Moment {
  std::variant<ColumnPlace, Template> from;
  std::string at;  // `00:00:00`
  bool optional = false;
};

// The event is made for rows whose cell is one of `equals`; without any, is not empty.
struct When {
  ColumnPlace column = 0;
  std::vector<std::string> equals;
};

struct MappedValue {
  std::string_view name;  // of a field of the data or an attribute
  Recipe recipe;
};

struct MappedEvent {
  const ledger::EventRule* rule = nullptr;
  std::optional<When> when;
  std::vector<MappedValue> attributes;  // source, id, actor …: all texts
  Moment time;
  std::optional<Moment> recorded;
  std::vector<MappedValue> fields;  // in the order of the catalogue
};

struct ColumnMap {
  std::vector<Column> columns;
  std::optional<char> delimiter;  // absent: as the header line shows
  std::string zone;               // `+08:00`, of times in cells
  std::vector<MappedEvent> events;
};

// Reads a map strictly: `invalid` for an unknown key or event type, a field that the
// catalogue does not have, one that it asks for and the map does not give, a value that
// cannot be. The message begins with `file` and the line.
ledger::Result<ColumnMap> parse_map(std::string_view toml, const std::string& file);

}  // namespace cli::csv

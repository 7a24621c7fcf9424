#include "cli/row_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "cli/headings.h"
#include "cli/table.h"
#include "cli/yuan.h"

namespace cli {
namespace {

std::string_view view(const boost::json::string& text) {
  return {text.data(), text.size()};
}

// `filed_late (N6.2)`: a condition that failed and the clause that asks for it.
std::string shown_condition(const boost::json::object& unmet) {
  std::string text(view(unmet.at("condition").as_string()));
  if (const auto* const clause = unmet.if_contains("clause")) {
    text += fmt::format(" ({})", view(clause->as_string()));
  }
  return text;
}

// `missing_document registration ×3`: the members in order, a list by its length, an event by
// its index.
std::string shown_members(const boost::json::object& object, Language language) {
  std::string text;
  for (const auto& [name, value] : object) {
    if (!text.empty()) text += ' ';
    if (value.is_array()) {
      text += fmt::format("×{}", value.get_array().size());
    } else if (value.is_object()) {
      text += fmt::format("#{}", value.get_object().at("index").to_number<std::int64_t>());
    } else {
      text += shown({name.data(), name.size()}, value, language);
    }
  }
  return text;
}

}  // namespace

std::string shown(std::string_view key, const boost::json::value& value, Language language) {
  if (value.is_string()) return std::string(view(value.get_string()));
  if (value.is_bool()) {
    return std::string(value.get_bool() ? Text{"yes", "是"}.in(language)
                                        : Text{"no", "否"}.in(language));
  }
  if (value.is_object()) {
    const auto& object = value.get_object();
    return object.contains("condition") ? shown_condition(object) : shown_members(object, language);
  }
  if (value.is_array()) {
    std::string text;
    for (const auto& element : value.get_array()) {
      if (!text.empty()) text += ", ";
      text += shown(key, element, language);
    }
    return text;
  }
  const auto number = value.to_number<std::int64_t>();
  return key.ends_with("_fen") ? yuan(number) : std::to_string(number);
}

std::string row_table(const std::vector<std::string>& rows, std::span<const std::string_view> keys,
                      Language language) {
  std::vector<boost::json::object> objects;
  objects.reserve(rows.size());
  for (const auto& row : rows) objects.push_back(boost::json::parse(row).as_object());

  std::vector<std::string_view> used;
  Table table;
  for (const auto key : keys) {
    const auto holder = std::find_if(objects.begin(), objects.end(),
                                     [&](const auto& object) { return object.contains(key); });
    if (holder == objects.end()) continue;
    used.push_back(key);
    const bool number = holder->at(key).is_number();
    table.add_column(heading(key, language), number ? Table::Align::right : Table::Align::left);
  }
  for (const auto& object : objects) {
    std::vector<std::string> cells;
    for (const auto key : used) {
      const auto* const value = object.if_contains(key);
      cells.push_back(value == nullptr ? std::string() : shown(key, *value, language));
    }
    table.add_row(std::move(cells));
  }
  return table.empty() ? std::string() : table.print();
}

void show_rows(const std::vector<std::string>& rows, std::span<const std::string_view> keys,
               Console& console) {
  if (rows.empty()) {
    console.note("nothing to show", "无内容");
  } else {
    console.write(row_table(rows, keys, console.language()));
  }
}

}  // namespace cli

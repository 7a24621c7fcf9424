#include "cli/csv/recipe_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "projections/json.h"

namespace cli::csv {
namespace {

namespace policy = projections::policy;
using ledger::FieldRule;
using ledger::Kind;
using ledger::Storage;

constexpr std::size_t name_bytes_max = 256;
constexpr ledger::Wording wanted_texts{"one text or more", "一个或多个文本"};
constexpr ledger::Wording wanted_template{
    "text with the names of columns in braces, each pair closed; a brace itself is written twice",
    "文本，列名写在成对的花括号中；花括号本身须写两遍"};

Form form_of(const FieldRule& rule) {
  if (rule.storage == Storage::boolean) return Form::truth;
  if (rule.kind == Kind::date) return Form::date;
  if (rule.kind == Kind::month) return Form::month;
  if (rule.kind == Kind::fen) return Form::amount;
  if (rule.kind == Kind::count || rule.kind == Kind::bp) return Form::integer;
  return Form::text;
}

// Whether the outside form spells the value as a string.
bool is_text(const FieldRule& rule) {
  const auto form = form_of(rule);
  return form == Form::text || form == Form::month;
}

bool is_value(const FieldRule& rule, std::string_view name) {
  return rule.values.empty() ||
         std::find(rule.values.begin(), rule.values.end(), name) != rule.values.end();
}

ledger::Message wanted_constant(const FieldRule& rule) {
  if (rule.array) {
    return ledger::worded("an array, each {}, or a table that names a `column`",
                          "数组，每项为 {}；或指明 `column` 的表", rule.wanted);
  }
  return ledger::worded("{}, or a table that names a `column`", "{}；或指明 `column` 的表",
                        rule.wanted);
}

}  // namespace

ColumnPlace RecipeReader::column(std::string name, std::uint32_t line, bool required) {
  auto& columns = map_.columns;
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const Column& known) { return known.name == name; });
  if (found == columns.end()) {
    columns.push_back({std::move(name), required, line});
    return columns.size() - 1;
  }
  found->required = found->required || required;
  return static_cast<ColumnPlace>(found - columns.begin());
}

ColumnPlace RecipeReader::column(Fields& fields, std::string_view key, bool required) {
  auto name = fields.text(key, name_bytes_max);
  if (trimmed(name) != name) {
    fields.refuse(key, {"the heading without white space around it", "前后没有空白的列名"});
  }
  return column(std::move(name), fields.line(), required);
}

std::optional<Template> RecipeReader::read_template(const std::string& text,
                                                    const std::string& path, std::uint32_t line) {
  Template pieces(1);
  const auto refuse = [&]() -> std::optional<Template> {
    faults_.add(path, line, policy::describe({text, line}), wanted_template);
    return std::nullopt;
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c != '{' && c != '}') {
      pieces.back().literal += c;
    } else if (at + 1 < text.size() && text[at + 1] == c) {
      pieces.back().literal += c;
      ++at;
    } else {
      const auto end = text.find_first_of("{}", at + 1);
      if (c == '}' || end == std::string::npos || text[end] != '}') return refuse();
      auto name = text.substr(at + 1, end - at - 1);
      if (name.empty() || trimmed(name) != name) return refuse();
      pieces.back().column = column(std::move(name), line, true);
      pieces.emplace_back();
      at = end;
    }
  }
  return pieces;
}

// The JSON of a value that is no text and no table; nothing, and a fault, when it cannot be
// that of a field.
std::optional<std::string> RecipeReader::constant(const Value& value, const std::string& path,
                                                  const FieldRule& rule) {
  const auto* number = std::get_if<std::int64_t>(&value.content);
  const auto* truth = std::get_if<bool>(&value.content);
  const auto* date = std::get_if<ledger::Date>(&value.content);
  const auto* text = std::get_if<std::string>(&value.content);
  const auto form = form_of(rule);
  const bool takes_number = form == Form::integer || form == Form::amount;
  if (number != nullptr && takes_number && *number >= rule.min && *number <= rule.max) {
    return fmt::format("{}", *number);
  }
  if (truth != nullptr && form == Form::truth) return *truth ? "true" : "false";
  if (date != nullptr && form == Form::date)
    return projections::in_quotes(ledger::to_string(*date));
  if (text != nullptr && is_text(rule) && is_value(rule, *text))
    return projections::in_quotes(*text);
  faults_.add(path, value.line, policy::describe(value), wanted_constant(rule));
  return std::nullopt;
}

std::optional<Recipe> RecipeReader::read(Fields& fields, std::string_view key,
                                         const FieldRule& rule) {
  const auto* value = fields.any(key);
  if (value == nullptr) return std::nullopt;
  const auto path = fields.path_of(key);
  if (std::holds_alternative<policy::Table>(value->content)) {
    CellRecipe recipe;
    fields.table(key, [&](Fields& cell) { read_cell(cell, rule, recipe); });
    return recipe;
  }
  const auto* array = std::get_if<policy::Array>(&value->content);
  if (rule.array && array != nullptr) {
    std::string json;
    projections::append_array(
        *array,
        [&](const Value& element, std::string& out) {
          out += constant(element, path, rule).value_or("");
        },
        json);
    return Constant{std::move(json)};
  }
  if (rule.array) {
    faults_.add(path, value->line, policy::describe(*value), wanted_constant(rule));
    return std::nullopt;
  }
  const auto* text = std::get_if<std::string>(&value->content);
  if (text != nullptr && is_text(rule) && text->find_first_of("{}") != std::string::npos) {
    auto pieces = read_template(*text, path, value->line);
    if (!pieces) return std::nullopt;
    return *std::move(pieces);
  }
  auto json = constant(*value, path, rule);
  if (!json) return std::nullopt;
  return Constant{*std::move(json)};
}

void RecipeReader::read_cell(Fields& cell, const FieldRule& rule, CellRecipe& recipe) {
  recipe.form = form_of(rule);
  recipe.list = rule.array;
  recipe.optional = cell.any("optional") != nullptr && cell.flag("optional");
  if (recipe.optional && rule.required && !rule.array) {
    cell.refuse("optional", ledger::worded("no such key: `{}` must always be there",
                                           "没有此键：`{}` 必须始终存在", rule.name));
  }
  recipe.column = column(cell, "column", !recipe.optional);
  if (recipe.form == Form::amount) {
    constexpr Unit units[] = {Unit::yuan, Unit::wan_yuan, Unit::fen};
    recipe.unit = units[cell.choice("unit", {"yuan", "wan_yuan", "fen"})];
  }
  if (rule.array) {
    recipe.separators = cell.names("separators", {});
    if (recipe.separators.empty()) {
      cell.refuse("separators", wanted_texts);
    }
  }
  if (cell.any("terms") != nullptr) read_terms(cell, rule, recipe);
}

void RecipeReader::read_terms(Fields& cell, const FieldRule& rule, CellRecipe& recipe) {
  const auto* value = cell.any("terms");
  const auto* table = std::get_if<policy::Table>(&value->content);
  const bool possible = recipe.form == Form::text || recipe.form == Form::truth;
  if (table == nullptr || table->empty() || !possible) {
    constexpr ledger::Wording wanted_table{"a table of terms, each with its value",
                                           "词语表，每个词语各有其值"};
    constexpr ledger::Wording wanted_none{"no such key: only texts and truths have terms",
                                          "没有此键：只有文本与是否值才有词语"};
    cell.refuse("terms", possible ? wanted_table : wanted_none);
    return;
  }
  for (const auto& [term, meaning] : *table) {
    const auto path = fmt::format("{}.{}", cell.path_of("terms"), term);
    if (trimmed(term) != term || term.empty()) {
      faults_.add(path, meaning.line, {"white space around a term", "词语前后有空白"},
                  {"the term without it", "去掉空白的词语"});
    }
    if (auto json = constant(meaning, path, rule)) recipe.terms.emplace(term, *std::move(json));
  }
}

std::optional<Moment> RecipeReader::read_moment(Fields& fields, std::string_view key,
                                                bool may_lack) {
  const auto* value = fields.any(key);
  if (value == nullptr) return std::nullopt;
  const auto path = fields.path_of(key);
  if (const auto* text = std::get_if<std::string>(&value->content)) {
    auto pieces = read_template(*text, path, value->line);
    if (!pieces) return std::nullopt;
    if (pieces->size() == 1 && !ledger::parse_timestamp(*text)) {
      faults_.add(path, value->line, policy::describe(*value),
                  {"RFC 3339, such as 2017-03-01T09:00:00+08:00",
                   "RFC 3339，如 2017-03-01T09:00:00+08:00"});
    }
    return Moment{*std::move(pieces), {}, false};
  }
  if (!std::holds_alternative<policy::Table>(value->content)) {
    faults_.add(path, value->line, policy::describe(*value),
                {"a table that names a `column`, or RFC 3339 in quotes",
                 "指明 `column` 的表，或加引号的 RFC 3339"});
    return std::nullopt;
  }
  Moment moment{ColumnPlace{0}, "00:00:00", false};
  fields.table(key, [&](Fields& cell) {
    moment.optional = may_lack && cell.any("optional") != nullptr && cell.flag("optional");
    moment.from = column(cell, "column", !moment.optional);
    if (cell.any("at") == nullptr) return;
    const auto at = cell.text("at", name_bytes_max);
    const auto read = read_date_time("2017-01-01 " + at);
    if (!read || !read->time) {
      cell.refuse("at",
                  {"a time of day in quotes, such as \"09:00\"", "加引号的时刻，如 \"09:00\""});
      return;
    }
    moment.at = *read->time;
  });
  return moment;
}

std::optional<When> RecipeReader::read_when(Fields& fields, std::string_view key) {
  if (fields.any(key) == nullptr) return std::nullopt;
  When when;
  fields.table(key, [&](Fields& cell) {
    when.column = column(cell, "column", true);
    if (cell.any("equals") == nullptr) return;
    when.equals = cell.names("equals", {});
    if (when.equals.empty()) cell.refuse("equals", wanted_texts);
  });
  return when;
}

}  // namespace cli::csv

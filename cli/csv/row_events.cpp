#include "cli/csv/row_events.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "cli/csv/cell_value.h"
#include "ledger/base/check.h"
#include "projections/json.h"

namespace cli::csv {
namespace {

// `列 3`, counted as people count.
std::string shown_column(std::size_t place, std::string_view name, Language language) {
  return language == Language::chinese
             ? fmt::format("第 {} 列“{}”", place + 1, ledger::printable(name))
             : fmt::format("column {} \"{}\"", place + 1, ledger::printable(name));
}

std::vector<ColumnPlace> columns_of(const Template& pieces) {
  std::vector<ColumnPlace> columns;
  for (const auto& piece : pieces) {
    if (piece.column) columns.push_back(*piece.column);
  }
  return columns;
}

std::vector<ColumnPlace> columns_of(const Recipe& recipe) {
  if (const auto* cell = std::get_if<CellRecipe>(&recipe)) return {cell->column};
  if (const auto* pieces = std::get_if<Template>(&recipe)) return columns_of(*pieces);
  return {};
}

std::vector<ColumnPlace> columns_of(const Moment& moment) {
  if (const auto* column = std::get_if<ColumnPlace>(&moment.from)) return {*column};
  return columns_of(std::get<Template>(moment.from));
}

// Which columns made the field that a refusal names: `id`, `data.vins[3]`.
std::vector<ColumnPlace> columns_of(const MappedEvent& event, std::string_view field) {
  if (field == "time") return columns_of(event.time);
  if (field == "recordedtime" && event.recorded) return columns_of(*event.recorded);
  constexpr std::string_view data = "data.";
  const bool in_data = field.starts_with(data);
  if (in_data) field.remove_prefix(data.size());
  field = field.substr(0, field.find('['));
  for (const auto& value : in_data ? event.fields : event.attributes) {
    if (value.name == field) return columns_of(value.recipe);
  }
  return {};
}

}  // namespace

class RowEvents::Row {
 public:
  Row(const RowEvents& laid, const std::vector<std::string>& cells) : laid_(laid), cells_(cells) {}

  std::string_view cell(ColumnPlace column) const {
    const auto place = laid_.places_[column];
    return place ? trimmed(cells_[*place]) : std::string_view{};
  }

  bool wants(const MappedEvent& event) const {
    if (!event.when) return true;
    const auto text = cell(event.when->column);
    const auto& equals = event.when->equals;
    return equals.empty() ? !text.empty()
                          : std::find(equals.begin(), equals.end(), text) != equals.end();
  }

  // The event in the outside form; what is wrong with its cells is told.
  std::string json_of(const MappedEvent& event) {
    std::string line;
    projections::JsonObject object(line);
    object.text("specversion", "1.0");
    object.text("type", event.rule->name);
    for (const auto& attribute : event.attributes) {
      if (const auto json = value(event, "", attribute)) object.raw(attribute.name, *json);
    }
    if (const auto time = moment(event, "time", event.time)) object.raw("time", *time);
    if (event.recorded) {
      if (const auto time = moment(event, "recordedtime", *event.recorded)) {
        object.raw("recordedtime", *time);
      }
    }
    std::string data;
    projections::JsonObject members(data);
    const auto subject = write_fields(event, members);
    members.close();
    object.text("subject", subject).raw("data", data);
    object.close();
    return line;
  }

  std::string describe(const MappedEvent& event, std::string_view field,
                       const std::vector<ColumnPlace>& columns) const {
    std::string names;
    for (const auto column : columns) {
      const auto place = laid_.places_[column];
      if (!place) continue;
      if (!names.empty()) names += ", ";
      names += shown_column(*place, laid_.map_->columns[column].name, laid_.language_);
    }
    if (field.empty()) return names.empty() ? std::string(event.rule->name) : names;
    auto what = fmt::format("{} {}", event.rule->name, field);
    if (names.empty()) return what;
    return laid_.language_ == Language::chinese ? fmt::format("{}（{}）", names, what)
                                                : fmt::format("{} ({})", names, what);
  }

  void refuse(const MappedEvent& event, std::string_view field,
              const std::vector<ColumnPlace>& columns, std::string_view got,
              std::string_view wanted) {
    if (!faults_.empty()) faults_ += "\n  ";
    faults_ +=
        laid_.language_ == Language::chinese
            ? fmt::format("{}：得到 {}，应为 {}", describe(event, field, columns), got, wanted)
            : fmt::format("{}: got {}, wanted {}", describe(event, field, columns), got, wanted);
  }

  const std::string& faults() const { return faults_; }

 private:
  // Writes the fields; returns the subject, which the catalogue makes of them.
  std::string write_fields(const MappedEvent& event, projections::JsonObject& members) {
    std::map<std::string_view, std::string> written;
    for (const auto& field : event.fields) {
      auto json = value(event, "data.", field);
      if (!json) continue;
      members.raw(field.name, *json);
      written.emplace(field.name, *std::move(json));
    }
    std::string subject;
    for (const auto& part : event.rule->subject_parts) {
      subject += part.literal;
      if (!part.field) continue;
      const auto found = written.find(event.rule->fields[*part.field].name);
      if (found != written.end()) subject += unquoted(found->second);
    }
    return subject;
  }

  std::optional<std::string> value(const MappedEvent& event, std::string_view path,
                                   const MappedValue& mapped) {
    if (const auto* constant = std::get_if<Constant>(&mapped.recipe)) return constant->json;
    const auto field = fmt::format("{}{}", path, mapped.name);
    if (const auto* pieces = std::get_if<Template>(&mapped.recipe)) {
      auto text = filled(event, field, *pieces);
      if (!text) return std::nullopt;
      return projections::in_quotes(*text);
    }
    const auto& recipe = std::get<CellRecipe>(mapped.recipe);
    const auto text = cell(recipe.column);
    std::string wanted;
    if (text.empty()) {
      if (recipe.optional) return empty_of(event, mapped.name, recipe);
      refuse_empty(event, field, recipe.column);
      return std::nullopt;
    }
    auto json = value_of(text, recipe, laid_.language_, wanted);
    if (!json) refuse(event, field, {recipe.column}, ledger::quoted(text), wanted);
    return json;
  }

  // An empty cell is no value, or no elements where a list must be there.
  static std::optional<std::string> empty_of(const MappedEvent& event, std::string_view name,
                                             const CellRecipe& recipe) {
    const auto place = event.rule->field_names.find(name);
    if (recipe.list && place && event.rule->fields[*place].required) return "[]";
    return std::nullopt;
  }

  std::optional<std::string> filled(const MappedEvent& event, std::string_view field,
                                    const Template& pieces) {
    std::string text;
    for (const auto& piece : pieces) {
      text += piece.literal;
      if (!piece.column) continue;
      const auto part = cell(*piece.column);
      if (part.empty()) {
        refuse_empty(event, field, *piece.column);
        return std::nullopt;
      }
      text += part;
    }
    return text;
  }

  std::optional<std::string> moment(const MappedEvent& event, std::string_view name,
                                    const Moment& moment) {
    if (const auto* pieces = std::get_if<Template>(&moment.from)) {
      auto text = filled(event, name, *pieces);
      if (!text) return std::nullopt;
      return projections::in_quotes(*text);
    }
    const auto column = std::get<ColumnPlace>(moment.from);
    const auto text = cell(column);
    if (text.empty()) {
      if (!moment.optional) refuse_empty(event, name, column);
      return std::nullopt;
    }
    std::string wanted;
    auto time = moment_of(text, moment, laid_.map_->zone, laid_.language_, wanted);
    if (!time) {
      refuse(event, name, {column}, ledger::quoted(text), wanted);
      return std::nullopt;
    }
    return projections::in_quotes(*time);
  }

  void refuse_empty(const MappedEvent& event, std::string_view field, ColumnPlace column) {
    refuse(event, field, {column}, Text{"an empty cell", "空单元格"}.in(laid_.language_),
           Text{"a value", "有值"}.in(laid_.language_));
  }

  // The text of a JSON string or number.
  static std::string unquoted(const std::string& json) {
    if (!json.starts_with('"')) return json;
    const auto text = boost::json::parse(json).as_string();
    return {text.data(), text.size()};
  }

  const RowEvents& laid_;
  const std::vector<std::string>& cells_;
  std::string faults_;
};

std::optional<std::string> RowEvents::lay(const ColumnMap& map,
                                          const std::vector<std::string>& header, Language language,
                                          RowEvents& into) {
  const bool chinese = language == Language::chinese;
  into.map_ = &map;
  into.language_ = language;
  into.column_count_ = header.size();
  into.places_.assign(map.columns.size(), std::nullopt);
  into.unused_.clear();
  std::string found;
  for (std::size_t place = 0; place < header.size(); ++place) {
    const std::string name(trimmed(header[place]));
    if (!found.empty()) found += chinese ? "、" : ", ";
    found += ledger::printable(name);
    const auto used = std::find_if(map.columns.begin(), map.columns.end(),
                                   [&](const Column& column) { return column.name == name; });
    if (used == map.columns.end()) {
      if (!name.empty()) into.unused_.push_back(name);
      continue;
    }
    auto& at = into.places_[static_cast<std::size_t>(used - map.columns.begin())];
    if (at) {
      return chinese ? fmt::format("得到 第 {} 列与第 {} 列都名为“{}”，应为 映射所用的列各有一个",
                                   *at + 1, place + 1, ledger::printable(name))
                     : fmt::format(
                           "got columns {} and {} both headed \"{}\", wanted one of each that "
                           "the map uses",
                           *at + 1, place + 1, ledger::printable(name));
    }
    at = place;
  }
  for (std::size_t at = 0; at < map.columns.size(); ++at) {
    if (into.places_[at] || !map.columns[at].required) continue;
    const auto name = ledger::printable(map.columns[at].name);
    return chinese ? fmt::format("得到 列 {}，应为 其中有“{}”列（映射第 {} 行）", found, name,
                                 map.columns[at].line)
                   : fmt::format("got columns {}, wanted among them \"{}\" (line {} of the map)",
                                 found, name, map.columns[at].line);
  }
  return std::nullopt;
}

std::optional<std::string> RowEvents::encode(const std::vector<std::string>& cells,
                                             ledger::Encoder& encoder, ledger::Batch& batch) const {
  ledger::check(cells.size() >= column_count_, "a row has a cell for every column");
  Row row(*this, cells);
  for (const auto& event : map_->events) {
    if (!row.wants(event)) continue;
    const auto faults_before = row.faults().size();
    const auto line = row.json_of(event);
    if (row.faults().size() > faults_before) continue;
    const auto refusal = encoder.add(line, batch);
    if (!refusal) continue;
    row.refuse(event, refusal->field, columns_of(event, refusal->field),
               in(language_, refusal->got), in(language_, refusal->wanted));
  }
  if (row.faults().empty()) return std::nullopt;
  return row.faults();
}

}  // namespace cli::csv

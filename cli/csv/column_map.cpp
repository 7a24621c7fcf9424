#include "cli/csv/column_map.h"

#include <utility>

#include "cli/csv/recipe_reader.h"
#include "ledger/refusal.h"

namespace cli::csv {
namespace {

namespace policy = projections::policy;
using ledger::FieldRule;
using ledger::Kind;
using ledger::Storage;
using policy::Fields;

constexpr std::size_t name_bytes_max = 256;

// Attributes of an event that are texts, as rules of the outside form: what else they may hold
// is for the reader of the outside form to say.
FieldRule attribute_rule(std::string_view name, bool required) {
  FieldRule rule{};
  rule.name = name;
  rule.storage = Storage::text;
  rule.kind = Kind::text;
  rule.required = required;
  rule.wanted = {"a text", "文本"};
  if (name == "role") {
    const auto& roles = ledger::catalogue().roles().names();
    rule.values.assign(roles.begin(), roles.end());
    rule.wanted = ledger::one_of(rule.values);
  }
  return rule;
}

class MapReader {
 public:
  explicit MapReader(policy::Faults& faults) : faults_(faults), recipes_(map_, faults) {}

  ColumnMap read(Fields& top) {
    if (top.any("delimiter") != nullptr)
      map_.delimiter = top.choice("delimiter", {"comma", "tab"}) == 0 ? ',' : '\t';
    map_.zone = "+08:00";
    if (top.any("time_zone") != nullptr) {
      map_.zone = top.text("time_zone", name_bytes_max);
      if (!ledger::parse_timestamp("2017-01-01T00:00:00" + map_.zone)) {
        top.refuse("time_zone",
                   {"an offset from UTC, such as \"+08:00\"", "与 UTC 的偏移，如 \"+08:00\""});
      }
    }
    source_ = recipes_.read(top, "source", attribute_rule("source", true));
    top.tables("event", [&](Fields& fields) { read_event(fields); });
    return std::move(map_);
  }

  // What is missing, after everything else: a misspelt key is better named than its absence.
  void finish() {
    for (const auto& [path, line, type] : missing_) {
      faults_.add(
          path, line, ledger::nothing_there,
          type.empty()
              ? ledger::Message("this key, which cannot be left out", "此键，不可省略")
              : ledger::worded("this field, which every {} has", "此字段，每个 {} 都有", type));
    }
  }

 private:
  void read_event(Fields& fields) {
    const auto name = fields.text("type", name_bytes_max);
    MappedEvent event;
    event.rule = ledger::catalogue().find(name);
    if (event.rule == nullptr) {
      fields.refuse("type", {"an event type of the catalogue (docs/EVENTS.md)",
                             "目录中的事件类型（见 docs/EVENTS.md）"});
    }
    event.when = recipes_.read_when(fields, "when");
    read_attributes(fields, event);
    if (auto time = recipes_.read_moment(fields, "time", false)) {
      event.time = *std::move(time);
    } else if (!fields.has("time")) {
      lacks(fields, "time");
    }
    event.recorded = recipes_.read_moment(fields, "recordedtime", true);
    if (event.rule != nullptr) {
      fields.table("data", [&](Fields& data) { read_fields(data, event); });
    } else {
      (void)fields.any("data");  // what may stand there is not known
    }
    map_.events.push_back(std::move(event));
  }

  void read_attributes(Fields& fields, MappedEvent& event) {
    // The source may be told once for all events.
    auto source = recipes_.read(fields, "source", attribute_rule("source", true));
    if (!source) source = source_;
    if (source) {
      event.attributes.push_back({"source", *std::move(source)});
    } else if (!fields.has("source")) {
      lacks(fields, "source");
    }
    if (auto id = recipes_.read(fields, "id", attribute_rule("id", true))) {
      event.attributes.push_back({"id", *std::move(id)});
    } else if (!fields.has("id")) {
      lacks(fields, "id");
    }
    for (const std::string_view name : {"actor", "role", "correlationid", "causationid"}) {
      if (auto recipe = recipes_.read(fields, name, attribute_rule(name, false))) {
        event.attributes.push_back({name, *std::move(recipe)});
      }
    }
  }

  void read_fields(Fields& data, MappedEvent& event) {
    for (const auto& rule : event.rule->fields) {
      if (auto recipe = recipes_.read(data, rule.name, rule)) {
        event.fields.push_back({rule.name, *std::move(recipe)});
      } else if (rule.required && !data.has(rule.name)) {
        missing_.push_back({data.path_of(rule.name), data.line(), event.rule->name});
      }
    }
  }

  void lacks(const Fields& fields, std::string_view key) {
    missing_.push_back({fields.path_of(key), fields.line(), {}});
  }

  struct Missing {
    std::string path;
    std::uint32_t line;
    std::string_view type;
  };

  policy::Faults& faults_;
  ColumnMap map_;
  RecipeReader recipes_;
  std::optional<Recipe> source_;
  std::vector<Missing> missing_;
};

}  // namespace

ledger::Result<ColumnMap> parse_map(std::string_view toml, const std::string& file) {
  const auto place = file + ":";
  const auto document = TRY(policy::parse_document(toml, place));
  policy::Faults faults(place);
  Fields fields(std::get<policy::Table>(document.content), "", document.line, faults);
  MapReader reader(faults);
  auto map = reader.read(fields);
  fields.finish();
  reader.finish();
  if (faults.first()) return *faults.first();
  return map;
}

}  // namespace cli::csv

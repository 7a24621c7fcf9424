#include "ledger/catalogue.h"

#include <flatbuffers/reflection_generated.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

#include "ledger/base/check.h"
#include "ledger/base/time.h"
#include "ledger/refusal.h"
#include "schemas/event_bfbs.h"

namespace ledger {
namespace {

constexpr std::int64_t fen_max = 10'000'000'000'000;
constexpr std::int64_t int32_max = std::numeric_limits<std::int32_t>::max();
constexpr std::int64_t int32_min = std::numeric_limits<std::int32_t>::min();

std::string_view view(const flatbuffers::String& text) {
  return {text.c_str(), text.size()};
}

// The value of an attribute of a table or a field; empty when it has none.
template <class Described>
std::string_view attribute(const Described& described, const char* name) {
  const auto* attributes = described.attributes();
  const auto* found = attributes ? attributes->LookupByKey(name) : nullptr;
  return found && found->value() ? view(*found->value()) : std::string_view{};
}

std::vector<std::string_view> split(std::string_view text, char by) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const auto end = std::min(text.find(by), text.size());
    parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

Kind kind_of(std::string_view name) {
  constexpr std::string_view names[] = {"",      "id",     "text",   "date", "fen",
                                        "bp",    "count",  "sha256", "vin",  "uscc",
                                        "month", "key_id", "base64"};
  const auto* found = std::find(std::begin(names), std::end(names), name);
  check(found != std::end(names), "the schema uses a kind that nobody wrote");
  return static_cast<Kind>(found - std::begin(names));
}

// The least and greatest number, or length, that a kind allows by itself.
void set_limits(FieldRule& field) {
  const auto set = [&](std::int64_t min, std::int64_t max) {
    field.min = min;
    field.max = max;
  };
  switch (field.kind) {
    case Kind::none:
      return set(0, static_cast<std::int64_t>(field.values.size()) - 1);
    case Kind::id:
      return set(1, 64);
    case Kind::text:
      return set(0, 4096);
    case Kind::date:
      return set(date_of({1, 1, 1})->days, date_of({9999, 12, 31})->days);
    case Kind::fen:
      return set(0, fen_max);
    case Kind::bp:
      return set(int32_min, int32_max);
    case Kind::count:
      return set(0, int32_max);
    case Kind::sha256:
      return set(64, 64);
    case Kind::vin:
      return set(17, 17);
    case Kind::uscc:
      return set(18, 18);
    case Kind::month:
      return set(7, 7);
    case Kind::key_id:
      return set(8, 8);
    case Kind::base64:
      return set(4, 4096);
  }
}

void narrow_limit(std::int64_t& limit, std::string_view text) {
  if (text.empty()) return;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), limit);
  check(read.ec == std::errc{} && read.ptr == text.data() + text.size(),
        "a limit in the schema is no number");
}

Message wanted_of(const FieldRule& field) {
  switch (field.kind) {
    case Kind::none:
      if (field.storage == Storage::boolean) return {"true or false", "true 或 false"};
      return one_of(field.values);
    case Kind::id:
      return worded("a string of {} to {} bytes", "{} 到 {} 字节的字符串", field.min, field.max);
    case Kind::text:
      return worded("a string of at most {} bytes", "最多 {} 字节的字符串", field.max);
    case Kind::date:
      return {"a day that exists, as YYYY-MM-DD", "存在的日期，形如 YYYY-MM-DD"};
    case Kind::fen:
    case Kind::bp:
    case Kind::count:
      return worded("an integer from {} to {}", "{} 到 {} 的整数", field.min, field.max);
    case Kind::sha256:
      return {"64 lower-case hex digits", "64 位小写十六进制数字"};
    case Kind::vin:
      return {"17 characters of A-Z and 0-9", "17 位 A-Z 与 0-9"};
    case Kind::uscc:
      return {"18 characters of A-Z and 0-9", "18 位 A-Z 与 0-9"};
    case Kind::month:
      return {"a month, as YYYY-MM", "月份，形如 YYYY-MM"};
    case Kind::key_id:
      return wanted_key_id;
    case Kind::base64:
      return {"base64, standard and padded", "标准 base64，带填充"};
  }
  return {};
}

// Reads one schema; everything it returns points into the embedded bytes.
class SchemaReader {
 public:
  explicit SchemaReader(const reflection::Schema& schema) : schema_(schema) {}

  std::vector<EventRule> events() const {
    const auto* payload = enumeration("ledger.schema.Payload");
    std::vector<EventRule> events;
    for (const auto* member : *payload->values()) {
      if (member->value() == 0) continue;
      check(member->value() == static_cast<std::int64_t>(events.size()) + 1,
            "the members of Payload are not numbered 1, 2, 3");
      const auto index = static_cast<flatbuffers::uoffset_t>(member->union_type()->index());
      events.push_back(event(*schema_.objects()->Get(index), *member));
    }
    return events;
  }

  std::vector<std::string_view> values_of(const char* name) const {
    return values(*enumeration(name));
  }

 private:
  const reflection::Enum* enumeration(const char* name) const {
    const auto* found = schema_.enums()->LookupByKey(name);
    check(found != nullptr, "the schema lacks an enumeration");
    return found;
  }

  static std::vector<std::string_view> values(const reflection::Enum& enumeration) {
    std::vector<std::string_view> names;
    for (const auto* value : *enumeration.values()) {
      check(value->value() == static_cast<std::int64_t>(names.size()),
            "the values of an enumeration are not numbered 0, 1, 2");
      names.push_back(view(*value->name()));
    }
    return names;
  }

  EventRule event(const reflection::Object& table, const reflection::EnumVal& member) const {
    EventRule rule{};
    rule.type = static_cast<EventType>(member.value());
    rule.name = attribute(table, "event");
    rule.subject = attribute(table, "subject");
    check(!rule.name.empty() && !rule.subject.empty(), "a table of Payload lacks its attributes");
    if (table.documentation() != nullptr) {
      for (const auto* line : *table.documentation()) rule.comment += view(*line);
    }
    read_fields(table, rule);
    read_subject(rule);
    read_groups(rule, attribute(table, "exactly_one"));
    return rule;
  }

  void read_fields(const reflection::Object& table, EventRule& rule) const {
    std::vector<const reflection::Field*> fields(table.fields()->begin(), table.fields()->end());
    std::sort(fields.begin(), fields.end(),
              [](const auto* a, const auto* b) { return a->id() < b->id(); });
    std::vector<std::string_view> names;
    for (const auto* one : fields) {
      rule.fields.push_back(field(*one));
      names.push_back(rule.fields.back().name);
    }
    rule.field_names = NameTable(names);
    for (std::size_t place = 0; place < fields.size(); ++place) {
      rule.fields[place].only_if = conditions(rule, attribute(*fields[place], "only_if"));
      rule.fields[place].required_if = conditions(rule, attribute(*fields[place], "required_if"));
      rule.stored_order.push_back(place);
    }
    std::stable_sort(rule.stored_order.begin(), rule.stored_order.end(),
                     [&](std::size_t a, std::size_t b) {
                       return width(rule.fields[a]) > width(rule.fields[b]);
                     });
  }

  FieldRule field(const reflection::Field& described) const {
    FieldRule rule{};
    rule.name = view(*described.name());
    rule.slot = described.offset();
    const auto& type = *described.type();
    rule.array = type.base_type() == reflection::Vector;
    const auto base = rule.array ? type.element() : type.base_type();
    rule.storage = storage(base, type.index());
    if (rule.storage == Storage::enumeration) {
      const auto index = static_cast<flatbuffers::uoffset_t>(type.index());
      rule.values = values(*schema_.enums()->Get(index));
    }
    const bool is_number =
        !rule.array && (rule.storage == Storage::boolean || rule.storage == Storage::enumeration ||
                        rule.storage == Storage::int32 || rule.storage == Storage::int64);
    rule.required = is_number ? !described.optional() : described.required();
    rule.kind = kind_of(attribute(described, "kind"));
    check((rule.kind == Kind::none) ==
              (rule.storage == Storage::boolean || rule.storage == Storage::enumeration),
          "a field of the schema has no kind, or one that it cannot have");
    rule.personal = attribute(described, "personal");
    check(rule.personal.empty() == (rule.storage != Storage::personal),
          "a personal field of the schema does not say whose it is");
    set_limits(rule);
    if (rule.storage == Storage::boolean) rule.max = 1;
    narrow_limit(rule.min, attribute(described, "min"));
    narrow_limit(rule.max, attribute(described, "max"));
    rule.wanted = wanted_of(rule);
    return rule;
  }

  Storage storage(reflection::BaseType base, std::int32_t index) const {
    if (base == reflection::String) return Storage::text;
    if (base == reflection::Bool) return Storage::boolean;
    if (base == reflection::Int) return Storage::int32;
    if (base == reflection::Long) return Storage::int64;
    if (base == reflection::UByte && index >= 0) return Storage::enumeration;
    check(base == reflection::Obj, "a field of the schema has a type that the codec cannot store");
    const auto place = static_cast<flatbuffers::uoffset_t>(index);
    const auto name = view(*schema_.objects()->Get(place)->name());
    if (name == "ledger.schema.Sha256") return Storage::digest;
    check(name == "ledger.schema.Personal", "a field of the schema is an unknown table");
    return Storage::personal;
  }

  // Bytes that a field takes inside its table; widest first leaves no gaps.
  static int width(const FieldRule& field) {
    if (field.array) return 4;
    switch (field.storage) {
      case Storage::int64:
        return 8;
      case Storage::int32:
      case Storage::text:
      case Storage::personal:
        return 4;
      case Storage::boolean:
      case Storage::enumeration:
        return 1;
      case Storage::digest:
        return 0;  // 32, but of single bytes: anywhere fits, so last
    }
    return 0;
  }

  static std::vector<Condition> conditions(const EventRule& rule, std::string_view text) {
    std::vector<Condition> result;
    for (const auto part : split(text, ',')) {
      const auto equals = part.find('=');
      check(equals != std::string_view::npos, "a condition in the schema lacks its =");
      const auto place = place_of(rule, part.substr(0, equals));
      const auto& values = rule.fields[place].values;
      const auto found = std::find(values.begin(), values.end(), part.substr(equals + 1));
      check(found != values.end(), "a condition in the schema names an unknown value");
      result.push_back({place, found - values.begin()});
    }
    return result;
  }

  static std::size_t place_of(const EventRule& rule, std::string_view name) {
    const auto place = rule.field_names.find(name);
    check(place.has_value(), "an attribute in the schema names an unknown field");
    return *place;
  }

  static void read_subject(EventRule& rule) {
    for (auto rest = rule.subject; !rest.empty();) {
      const auto open = rest.find('{');
      const auto close = rest.find('}');
      if (open == std::string_view::npos) {
        rule.subject_parts.push_back({rest, std::nullopt});
        return;
      }
      check(close != std::string_view::npos && close > open, "a subject in the schema is unclosed");
      const auto place = place_of(rule, rest.substr(open + 1, close - open - 1));
      const auto& field = rule.fields[place];
      check(field.required && !field.array &&
                (field.storage == Storage::text || field.storage == Storage::int32),
            "a subject in the schema uses a field that it cannot");
      rule.subject_parts.push_back({rest.substr(0, open), place});
      rest.remove_prefix(close + 1);
    }
  }

  static void read_groups(EventRule& rule, std::string_view text) {
    Message wanted;
    for (const auto group : split(text, '|')) {
      auto& places = rule.exactly_one.emplace_back();
      const auto names = split(group, '+');
      for (const auto name : names) places.push_back(place_of(rule, name));
      const bool first = wanted.en.empty();
      wanted.en += fmt::format("{}{}", first ? "either " : ", or ", fmt::join(names, " and "));
      wanted.zh += fmt::format("{}{}", first ? "" : "，或 ", fmt::join(names, " 和 "));
    }
    rule.exactly_one_wanted = wanted;
  }

  const reflection::Schema& schema_;
};

}  // namespace

Catalogue::Catalogue() {
  flatbuffers::Verifier verifier(schema::event_bfbs, sizeof schema::event_bfbs);
  check(reflection::VerifySchemaBuffer(verifier), "the embedded schema is damaged");
  const SchemaReader reader(*reflection::GetSchema(schema::event_bfbs));
  events_ = reader.events();
  std::vector<std::string_view> names;
  for (const auto& event : events_) names.push_back(event.name);
  event_names_ = NameTable(names);
  roles_ = NameTable(reader.values_of("ledger.schema.Role"));
}

const Catalogue& catalogue() {
  static const Catalogue instance;
  return instance;
}

}  // namespace ledger

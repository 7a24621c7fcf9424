#include "tests/ledger/sample_line.h"

#include <fmt/format.h>

#include <algorithm>

namespace ledger::test {
namespace {

constexpr const char* digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
constexpr const char* attributes =
    R"(,"recordedtime":"2017-03-02T09:30:00.250+08:00","actor":"王芳","role":"fleet_dept")"
    R"(,"correlationid":"dms/D001#corr-1","causationid":"oms#cause#2","authorkey":"0a1b2c3d")"
    R"(,"authorsig":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw==")";

std::string quoted_sample(const FieldRule& field) {
  switch (field.kind) {
    case Kind::id:
      return fmt::format("\"{}-0001\"", static_cast<char>(std::toupper(field.name.front())));
    case Kind::text:
      return fmt::format("\"{} 样例 \\\"a\\\\b\\\"\"", field.name);
    case Kind::date:
      return "\"2017-02-28\"";
    case Kind::sha256:
      return fmt::format("\"{}\"", digest);
    case Kind::vin:
      return "\"LSVAA4182E2000017\"";
    case Kind::uscc:
      return "\"913101126317095262\"";
    case Kind::month:
      return "\"2017-03\"";
    case Kind::key_id:
      return "\"0a1b2c3d\"";
    case Kind::base64:
      return "\"AQIDBA==\"";
    case Kind::none:
    case Kind::fen:
    case Kind::bp:
    case Kind::count:
      break;
  }
  return {};
}

// Makes the line of one type piece by piece.
class Sample {
 public:
  Sample(const EventRule& rule, const Shape& shape) : rule_(rule), shape_(shape) {}

  std::string line() const {
    std::string data;
    for (std::size_t place = 0; place < rule_.fields.size(); ++place) {
      if (!is_wanted(place)) continue;
      const auto value = value_of(place);
      data += fmt::format("{}\"{}\":{}", data.empty() ? "" : ",", rule_.fields[place].name,
                          rule_.fields[place].array ? fmt::format("[{0},{0}]", value) : value);
    }
    return fmt::format(
        R"({{"specversion":"1.0","id":"e-{}","source":"dms/D001","type":"{}","subject":"{}",)"
        R"("time":"2017-03-01T09:00:00+08:00"{},"data":{{{}}}}})",
        static_cast<int>(rule_.type), rule_.name, subject(),
        shape_.optional_attributes ? attributes : "", data);
  }

 private:
  bool is_wanted(std::size_t place) const {
    for (std::size_t group = 0; group < rule_.exactly_one.size(); ++group) {
      const auto& places = rule_.exactly_one[group];
      if (std::count(places.begin(), places.end(), place) > 0) return group == shape_.group;
    }
    const auto& field = rule_.fields[place];
    const auto holds = [&](const Condition& condition) {
      return number_of(condition.field) == condition.value;
    };
    const auto all_hold = [&](const std::vector<Condition>& conditions) {
      return std::all_of(conditions.begin(), conditions.end(), holds);
    };
    if (!field.required_if.empty() && all_hold(field.required_if)) return true;
    return field.required || (shape_.optional_fields && all_hold(field.only_if));
  }

  std::int64_t number_of(std::size_t place) const {
    const auto& field = rule_.fields[place];
    if (!field.values.empty()) {
      if (const auto decided = decided_value(place)) return *decided;
      return static_cast<std::int64_t>(shape_.value % field.values.size());
    }
    if (field.storage == Storage::boolean) return static_cast<std::int64_t>(shape_.value % 2);
    return field.name == "year" ? 2017 : std::clamp<std::int64_t>(1'234'567, field.min, field.max);
  }

  // The value that makes another field required, for one shape of each type.
  std::optional<std::int64_t> decided_value(std::size_t place) const {
    if (shape_.value != 1) return std::nullopt;
    for (const auto& field : rule_.fields) {
      for (const auto& condition : field.required_if) {
        if (condition.field == place) return condition.value;
      }
    }
    return std::nullopt;
  }

  std::string value_of(std::size_t place) const {
    const auto& field = rule_.fields[place];
    if (!field.values.empty()) {
      return fmt::format("\"{}\"", field.values[static_cast<std::size_t>(number_of(place))]);
    }
    if (field.storage == Storage::boolean) return number_of(place) != 0 ? "true" : "false";
    const auto text = quoted_sample(field);
    return text.empty() ? std::to_string(number_of(place)) : text;
  }

  std::string subject() const {
    std::string subject;
    for (const auto& part : rule_.subject_parts) {
      subject += part.literal;
      if (!part.field) continue;
      const auto value = value_of(*part.field);
      subject += value.front() == '"' ? value.substr(1, value.size() - 2) : value;
    }
    return subject;
  }

  const EventRule& rule_;
  const Shape& shape_;
};

}  // namespace

std::string sample_line(const EventRule& rule, const Shape& shape) {
  return Sample(rule, shape).line();
}

}  // namespace ledger::test

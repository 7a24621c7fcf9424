#include "projections/policy/document.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "projections/policy/toml_screen.h"

// The library file of the distribution reports errors by exceptions; compiled in here,
// it returns them. Its assertions are off in every build: bad text reaches some of them
// (`[=`), and the checks behind them report it as they should.
#undef TOML_SHARED_LIB
#undef TOML_HEADER_ONLY
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#define TOML_ASSERT(expression) static_assert(true)
#pragma push_macro("NDEBUG")
#undef NDEBUG
#include <toml++/toml.h>
#pragma pop_macro("NDEBUG")

namespace projections::policy {
namespace {

using ledger::Error;
using ledger::ErrorCode;
using ledger::Message;
using ledger::Result;

constexpr int depth_max = 8;

Error invalid(const Message& place, std::uint32_t line, const Message& got, const Message& wanted) {
  return {ErrorCode::invalid, ledger::worded("{}{}: got {}, wanted {}", "{}{}：得到 {}，应为 {}",
                                             place, std::max(line, 1U), got, wanted)};
}

// From the nodes of the library to values of ours.
class Conversion {
 public:
  explicit Conversion(const Message& place) : place_(place) {}

  Result<Value> convert(const toml::node& node, int depth) const {
    const auto line = node.source().begin.line;
    if (depth > depth_max) {
      return invalid(place_, line, {"tables nested too deep", "嵌套过深的表"},
                     ledger::worded("at most {}", "至多 {} 层", depth_max));
    }
    if (const auto* array = node.as_array()) return convert_array(*array, line, depth);
    if (const auto* table = node.as_table()) return convert_table(*table, line, depth);
    if (const auto* date = node.as_date()) return convert_date(date->get(), line);
    if (const auto* number = node.as_integer()) return Value{number->get(), line};
    if (const auto* flag = node.as_boolean()) return Value{flag->get(), line};
    if (const auto* text = node.as_string()) return Value{text->get(), line};
    if (node.is_floating_point()) return Value{Foreign{{"a fraction", "小数"}}, line};
    if (node.is_time()) return Value{Foreign{{"a time", "时间"}}, line};
    return Value{Foreign{{"a date with a time", "带时间的日期"}}, line};
  }

 private:
  Result<Value> convert_date(const toml::date& date, std::uint32_t line) const {
    const auto day = ledger::date_of({date.year, date.month, date.day});
    if (day) return Value{*day, line};
    return invalid(place_, line,
                   fmt::format("{:04}-{:02}-{:02}", int{date.year}, int{date.month}, int{date.day}),
                   {"a day of the calendar", "存在的日期"});
  }

  Result<Value> convert_array(const toml::array& array, std::uint32_t line, int depth) const {
    Array elements;
    for (const auto& element : array) elements.push_back(TRY(convert(element, depth + 1)));
    return Value{std::move(elements), line};
  }

  Result<Value> convert_table(const toml::table& table, std::uint32_t line, int depth) const {
    Table members;
    for (const auto& [key, member] : table) {
      members.emplace(std::string{key.str()}, TRY(convert(member, depth + 1)));
    }
    return Value{std::move(members), line};
  }

  const Message& place_;
};

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

}  // namespace

Result<Value> parse_document(std::string_view text, const Message& place) {
  if (const auto unfit = screen_toml(text)) {
    return invalid(place, unfit->line, unfit->got, unfit->wanted);
  }
  const auto parsed = toml::parse(text);
  if (!parsed) {
    const auto& error = parsed.error();
    return invalid(place, error.source().begin.line, std::string(error.description()),
                   std::string("TOML 1.0"));
  }
  return Conversion(place).convert(parsed.table(), 0);
}

Message describe(const Value& value) {
  return std::visit<Message>(
      Overloaded{
          [](std::int64_t number) { return fmt::format("{}", number); },
          [](bool flag) { return std::string{flag ? "true" : "false"}; },
          [](const std::string& text) { return fmt::format("\"{:.64}\"", text); },
          [](ledger::Date date) { return ledger::to_string(date); },
          [](const Array& array) { return ledger::worded("{} values", "{} 个值", array.size()); },
          [](const Table&) { return Message("a table", "表"); },
          [](const Foreign& foreign) { return foreign.type; },
      },
      value.content);
}

}  // namespace projections::policy

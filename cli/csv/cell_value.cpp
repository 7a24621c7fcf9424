#include "cli/csv/cell_value.h"

#include <fmt/format.h>

#include "projections/json.h"

namespace cli::csv {
namespace {

constexpr Text wanted_date{
    "a day that exists, such as 2017/3/5, 2017-03-05, 2017年3月5日 or 20170305",
    "存在的日期，如 2017/3/5、2017-03-05、2017年3月5日 或 20170305"};
constexpr Text wanted_moment{
    "a day that exists, with a time from 0:00 to 23:59:59 or without, such as 2017/3/5 14:02",
    "存在的日期，可带 0:00 至 23:59:59 的时间，如 2017/3/5 14:02"};
constexpr Text wanted_month{"a month, such as 2017-03, 2017/3, 2017年3月 or 201703",
                            "月份，如 2017-03、2017/3、2017年3月 或 201703"};
constexpr Text wanted_integer{"a whole number, such as 1234 or 1,234", "整数，如 1234 或 1,234"};
constexpr Text wanted_truth{"是 or 否", "是 或 否"};
constexpr Text wanted_list{"items between separators, none of them empty",
                           "以分隔符隔开的各项，不得为空"};
constexpr Text full_width{"; its digits are full-width, write 123 for １２３",
                          "；其中有全角数字，请将 １２３ 写作 123"};

std::string wanted_amount(Unit unit, Language language) {
  switch (unit) {
    case Unit::fen:
      return std::string(Text{"an amount in fen of 0 or more, whole, such as 123456",
                              "以分计的金额，不小于 0 的整数，如 123456"}
                             .in(language));
    case Unit::yuan:
      return std::string(
          Text{"an amount in yuan of 0 or more, at most two decimals, such as 1,234.56",
               "以元计的金额，不小于 0，至多两位小数，如 1,234.56"}
              .in(language));
    case Unit::wan_yuan:
      return std::string(Text{
          "an amount in 10,000 yuan (万元) of 0 or more, at most six decimals, such as 12.3456",
          "以万元计的金额，不小于 0，至多六位小数，如 12.3456"}
                             .in(language));
  }
  return {};
}

std::string wanted_term(const CellRecipe& recipe, Language language) {
  std::string names;
  for (const auto& [term, json] : recipe.terms) names += (names.empty() ? "" : ", ") + term;
  return fmt::format("{} {}", Text{"one of", "其中之一："}.in(language), names);
}

// One value of the form; nothing when it is not spelled so.
std::optional<std::string> scalar(std::string_view text, const CellRecipe& recipe) {
  if (!recipe.terms.empty()) {
    const auto found = recipe.terms.find(text);
    return found == recipe.terms.end() ? std::nullopt : std::optional(found->second);
  }
  const auto spelled = [](const auto& value, auto&& spell) -> std::optional<std::string> {
    if (!value) return std::nullopt;
    return spell(*value);
  };
  const auto number = [](std::int64_t value) { return fmt::format("{}", value); };
  switch (recipe.form) {
    case Form::text:
      return projections::in_quotes(text);
    case Form::date:
      return spelled(read_date(text),
                     [](auto date) { return projections::in_quotes(ledger::to_string(date)); });
    case Form::month:
      return spelled(read_month(text),
                     [](const auto& month) { return projections::in_quotes(month); });
    case Form::integer:
      return spelled(read_integer(text), number);
    case Form::amount:
      return spelled(read_amount(text, recipe.unit), number);
    case Form::truth:
      return spelled(read_truth(text), [](bool truth) { return truth ? "true" : "false"; });
  }
  return std::nullopt;
}

std::string wanted_scalar(const CellRecipe& recipe, Language language) {
  if (!recipe.terms.empty()) return wanted_term(recipe, language);
  const auto in = [&](const Text& text) { return std::string(text.in(language)); };
  switch (recipe.form) {
    case Form::date:
      return in(wanted_date);
    case Form::month:
      return in(wanted_month);
    case Form::integer:
      return in(wanted_integer);
    case Form::amount:
      return wanted_amount(recipe.unit, language);
    case Form::truth:
      return in(wanted_truth);
    case Form::text:
      break;
  }
  return {};
}

void add_hint(std::string_view text, Language language, std::string& wanted) {
  if (has_full_width_digit(text)) wanted += full_width.in(language);
}

}  // namespace

std::optional<std::string> value_of(std::string_view text, const CellRecipe& recipe,
                                    Language language, std::string& wanted) {
  if (!recipe.list) {
    auto json = scalar(text, recipe);
    if (json) return json;
    wanted = wanted_scalar(recipe, language);
    add_hint(text, language, wanted);
    return std::nullopt;
  }
  const auto items = read_list(text, recipe.separators);
  if (!items) {
    wanted = wanted_list.in(language);
    return std::nullopt;
  }
  std::string json = "[";
  for (const auto& item : *items) {
    const auto one = scalar(item, recipe);
    if (!one) {
      wanted = fmt::format("{}{}", Text{"a list, each item ", "列表，每项为"}.in(language),
                           wanted_scalar(recipe, language));
      add_hint(item, language, wanted);
      return std::nullopt;
    }
    if (json.size() > 1) json += ',';
    json += *one;
  }
  return json + "]";
}

std::optional<std::string> moment_of(std::string_view text, const Moment& moment,
                                     std::string_view zone, Language language,
                                     std::string& wanted) {
  const auto read = read_date_time(text);
  if (read) {
    return fmt::format("{}T{}{}", ledger::to_string(read->date), read->time.value_or(moment.at),
                       zone);
  }
  wanted = wanted_moment.in(language);
  add_hint(text, language, wanted);
  return std::nullopt;
}

}  // namespace cli::csv

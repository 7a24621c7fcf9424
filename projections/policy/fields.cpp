#include "projections/policy/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "ledger/refusal.h"

namespace projections::policy {
namespace {

using ledger::Message;
using ledger::one_of;
using ledger::worded;

constexpr std::int64_t fen_max = 10'000'000'000'000;

bool allows(const Choices& choices, std::string_view name) {
  return choices.empty() || std::find(choices.begin(), choices.end(), name) != choices.end();
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f;
}

}  // namespace

void Faults::add(const std::string& key, std::uint32_t line, const Message& got,
                 const Message& wanted) {
  if (first_) return;
  auto message = worded("{}{}: `{}`: got {}, wanted {}", "{}{}：`{}`：得到 {}，应为 {}", place_,
                        std::max(line, 1U), key, got, wanted);
  // What a document says must not move the terminal that shows it.
  for (auto* const text : {&message.en, &message.zh}) {
    std::replace_if(text->begin(), text->end(), is_control, '?');
  }
  first_ = ledger::Error{ledger::ErrorCode::invalid, std::move(message)};
}

Fields::Fields(const Table& table, std::string path, std::uint32_t line, Faults& faults)
    : table_(&table), path_(std::move(path)), line_(line), faults_(&faults) {
}

std::string Fields::path_of(std::string_view key) const {
  return path_.empty() ? std::string{key} : fmt::format("{}.{}", path_, key);
}

// The member's content when it is there and a T; else nothing, and a fault.
template <class T>
const T* Fields::find(std::string_view key, const Message& wanted) {
  asked_.emplace(key);
  const auto member = table_->find(key);
  if (member == table_->end()) {
    // Kept back until `finish`: a misspelt key is better named than its absence.
    if (missing_.empty()) missing_ = key;
    return nullptr;
  }
  const auto* content = std::get_if<T>(&member->second.content);
  if (content == nullptr) refuse(key, wanted);
  return content;
}

void Fields::refuse(std::string_view key, const Message& wanted) {
  const auto member = table_->find(key);
  if (member == table_->end()) return;
  faults_->add(path_of(key), member->second.line, describe(member->second), wanted);
}

void Fields::finish() {
  for (const auto& [key, value] : *table_) {
    if (asked_.contains(key)) continue;
    faults_->add(path_of(key), value.line, {"an unknown key", "未知的键"}, one_of(asked_));
  }
  if (missing_.empty()) return;
  faults_->add(path_of(missing_), line_, ledger::nothing_there,
               {"this key, which cannot be left out", "此键，不可省略"});
}

const Value* Fields::any(std::string_view key) {
  asked_.emplace(key);
  const auto member = table_->find(key);
  return member == table_->end() ? nullptr : &member->second;
}

std::int64_t Fields::integer(std::string_view key, std::int64_t min, std::int64_t max) {
  const auto wanted = worded("an integer from {} to {}", "{} 到 {} 的整数", min, max);
  const auto* number = find<std::int64_t>(key, wanted);
  if (number == nullptr) return min;
  if (*number >= min && *number <= max) return *number;
  refuse(key, wanted);
  return min;
}

int Fields::count(std::string_view key, int min, int max) {
  return static_cast<int>(integer(key, min, max));
}

std::int64_t Fields::fen(std::string_view key) {
  return integer(key, 0, fen_max);
}

int Fields::bp(std::string_view key, int max) {
  return count(key, 0, max);
}

bool Fields::flag(std::string_view key) {
  const auto* truth = find<bool>(key, {"true or false", "true 或 false"});
  return truth != nullptr && *truth;
}

std::string Fields::text(std::string_view key, std::size_t length_max) {
  const auto wanted =
      worded("a text of one line, 1 to {} bytes", "1 到 {} 字节的单行文本", length_max);
  const auto* content = find<std::string>(key, wanted);
  if (content == nullptr) return {};
  if (content->empty() || content->size() > length_max ||
      std::any_of(content->begin(), content->end(), is_control)) {
    refuse(key, wanted);
  }
  return *content;
}

ledger::Date Fields::date(std::string_view key) {
  const auto* day = find<ledger::Date>(
      key, {"a date without quotes, 2017-01-01", "不带引号的日期，如 2017-01-01"});
  return day != nullptr ? *day : ledger::Date{};
}

std::size_t Fields::choice(std::string_view key, const Choices& choices) {
  const auto wanted = one_of(choices);
  const auto* name = find<std::string>(key, wanted);
  if (name == nullptr) return 0;
  const auto found = std::find(choices.begin(), choices.end(), *name);
  if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
  refuse(key, wanted);
  return 0;
}

std::vector<std::string> Fields::names(std::string_view key, const Choices& choices) {
  return names(
      key, [&](std::string_view name) { return !name.empty() && allows(choices, name); },
      choices.empty() ? Message("a text that is not empty", "非空文本") : one_of(choices));
}

std::vector<std::string> Fields::names(std::string_view key, const Accepts& accepts,
                                       const Message& wanted) {
  const auto* array = find<Array>(key, {"an array of texts", "文本的数组"});
  if (array == nullptr) return {};
  return texts(*array, path_of(key), accepts, wanted);
}

std::vector<std::pair<std::string, std::string>> Fields::pairs(std::string_view key,
                                                               const Accepts& accepts,
                                                               const Message& wanted) {
  std::vector<std::pair<std::string, std::string>> pairs;
  const auto* array = find<Array>(key, {"an array of pairs", "成对文本的数组"});
  if (array == nullptr) return pairs;
  for (const auto& element : *array) {
    const auto path = fmt::format("{}[{}]", path_of(key), pairs.size());
    const auto* pair = std::get_if<Array>(&element.content);
    if (pair == nullptr || pair->size() != 2) {
      faults_->add(path, element.line, describe(element),
                   {"an array of two texts", "两个文本的数组"});
      return pairs;
    }
    auto both = texts(*pair, path, accepts, wanted);
    if (both.size() != 2) return pairs;
    pairs.emplace_back(std::move(both[0]), std::move(both[1]));
  }
  return pairs;
}

std::vector<std::string> Fields::texts(const Array& array, const std::string& path,
                                       const Accepts& accepts, const Message& wanted) {
  std::vector<std::string> names;
  for (const auto& element : array) {
    const auto place = fmt::format("{}[{}]", path, names.size());
    const auto* name = std::get_if<std::string>(&element.content);
    if (name == nullptr || !accepts(*name)) {
      faults_->add(place, element.line, describe(element), wanted);
      return names;
    }
    if (std::find(names.begin(), names.end(), *name) != names.end()) {
      faults_->add(place, element.line, describe(element), {"each value once", "每个值只出现一次"});
    }
    names.push_back(*name);
  }
  return names;
}

void Fields::enter(const Value& value, const std::string& path,
                   const std::function<void(Fields&)>& read) {
  const auto* table = std::get_if<Table>(&value.content);
  if (table == nullptr) {
    return faults_->add(path, value.line, describe(value), {"a table", "表"});
  }
  Fields fields(*table, path, value.line, *faults_);
  read(fields);
  fields.finish();
}

void Fields::table(std::string_view key, const std::function<void(Fields&)>& read) {
  if (find<Table>(key, {"a table", "表"}) != nullptr) {
    enter(table_->find(key)->second, path_of(key), read);
  }
}

void Fields::tables(std::string_view key, const std::function<void(Fields&)>& read) {
  const auto* array = find<Array>(key, {"an array of tables", "表的数组"});
  if (array == nullptr) return;
  if (array->empty()) refuse(key, {"one table or more", "至少一个表"});
  for (std::size_t position = 0; position < array->size(); ++position) {
    enter((*array)[position], fmt::format("{}[{}]", path_of(key), position), read);
  }
}

void Fields::each(const std::function<void(const std::string& key, Fields&)>& read) {
  for (const auto& member : *table_) {
    asked_.insert(member.first);
    enter(member.second, path_of(member.first),
          [&](Fields& fields) { read(member.first, fields); });
  }
}

}  // namespace projections::policy

#include "tests/naive/json_line.h"

#include <boost/json/serialize.hpp>
#include <boost/json/string_view.hpp>

namespace naive {

void JsonLine::add(std::string_view key, std::string_view text) {
  add_raw(key, boost::json::serialize(boost::json::string_view(text)));
}

void JsonLine::add(std::string_view key, std::int64_t number) {
  add_raw(key, std::to_string(number));
}

void JsonLine::add(std::string_view key, ledger::Date date) {
  add(key, std::string_view(ledger::to_string(date)));
}

void JsonLine::add(std::string_view key, const std::vector<std::string>& texts) {
  std::vector<std::string> elements;
  elements.reserve(texts.size());
  for (const auto& text : texts) elements.push_back(boost::json::serialize(text));
  add_raw(key, json_array(elements));
}

void JsonLine::add_bool(std::string_view key, bool truth) {
  add_raw(key, truth ? "true" : "false");
}

void JsonLine::add_raw(std::string_view key, std::string_view json) {
  if (!members_.empty()) members_ += ',';
  members_ += '"';
  members_ += key;
  members_ += "\":";
  members_ += json;
}

std::string json_array(const std::vector<std::string>& elements) {
  std::string result;
  for (const auto& element : elements) result += (result.empty() ? "" : ",") + element;
  return '[' + result + ']';
}

}  // namespace naive

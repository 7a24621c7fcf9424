#include "tests/support/renamed_history.h"

#include <boost/json.hpp>
#include <set>

#include "tests/support/subject.h"

namespace test {
namespace {

namespace json = boost::json;

// The fields of data that hold an id of free text.
bool names_somebody(std::string_view key) {
  static const std::set<std::string_view> keys = {
      "agreement", "appeal",  "bill",       "clawback",      "complaint", "customer", "dealer",
      "filing",    "finding", "invoice",    "order",         "penalty",   "person",   "project",
      "rebate",    "related", "settlement", "target_source", "to_dealer"};
  return keys.contains(key);
}

void replace(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

}  // namespace

bool is_of_everybody(const std::string& type) {
  return type == "policy.published" || type == "calendar.published" ||
         type == "bank_list.published";
}

std::vector<std::string> renamed_history(const std::vector<std::string>& lines) {
  std::vector<std::string> renamed;
  std::set<std::string> left_out;  // as a void's subject names them
  for (const auto& line : lines) {
    auto event = json::parse(line).as_object();
    const auto type = std::string(event.at("type").as_string());
    const auto source = std::string(event.at("source").as_string());
    if (is_of_everybody(type)) {
      left_out.insert("event/" + source + "#" + std::string(event.at("id").as_string()));
      continue;
    }
    if (left_out.contains(std::string(event.at("subject").as_string()))) continue;
    event["source"] = source + "-other";
    for (auto& [key, value] : event.at("data").as_object()) {
      if (!names_somebody(key)) continue;
      value = std::string(value.as_string()) + (key == "target_source" ? "-other" : "x");
    }
    event["subject"] = subject_of(type, event.at("data").as_object());
    auto text = json::serialize(event);
    // What may not be longer than it is: vehicles, credit codes, keys.
    replace(text, "LFBED21A0HA0000", "LFBED21A0HB0000");
    replace(text, "91310112631709500", "91310112631709600");
    replace(text, "0a1b2c3d", "0a1b2c3e");
    renamed.push_back(std::move(text));
  }
  return renamed;
}

}  // namespace test

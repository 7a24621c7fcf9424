#include "cli/field_difference.h"

#include <boost/json.hpp>

namespace cli {
namespace {

namespace json = boost::json;

// A key as a pointer spells it.
std::string token_of(std::string_view key) {
  std::string token;
  for (const char c : key) {
    if (c == '~') {
      token += "~0";
    } else if (c == '/') {
      token += "~1";
    } else {
      token += c;
    }
  }
  return token;
}

void compare(const json::object& expected, const json::object& found, const std::string& under,
             std::vector<FieldDifference>& differences) {
  for (const auto& [key, value] : expected) {
    const auto field = under + "/" + token_of(key);
    const auto* const other = found.if_contains(key);
    if (other == nullptr) {
      differences.push_back({field, json::serialize(value), {}});
    } else if (value.is_object() && other->is_object()) {
      compare(value.get_object(), other->get_object(), field, differences);
    } else if (value != *other) {
      differences.push_back({field, json::serialize(value), json::serialize(*other)});
    }
  }
  for (const auto& [key, value] : found) {
    if (expected.contains(key)) continue;
    differences.push_back({under + "/" + token_of(key), {}, json::serialize(value)});
  }
}

}  // namespace

std::vector<FieldDifference> field_differences(std::string_view expected, std::string_view found) {
  const auto first = json::parse(expected);
  const auto second = json::parse(found);
  std::vector<FieldDifference> differences;
  compare(first.as_object(), second.as_object(), {}, differences);
  return differences;
}

}  // namespace cli

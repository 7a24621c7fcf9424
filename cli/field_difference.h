// Two events compared field by field.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cli {

// One place where two JSON objects differ.
struct FieldDifference {
  std::string field;            // a JSON pointer (RFC 6901)
  std::string expected, found;  // JSON; empty where the field is absent
};

// Of two JSON objects, such as the outside form of two events: objects are gone into, arrays
// and single values are compared whole. In the order of the first, then what only the second
// has. Requires JSON.
std::vector<FieldDifference> field_differences(std::string_view expected, std::string_view found);

}  // namespace cli

#pragma once

#include <string>
#include <vector>

namespace test {

// A random history told of others: its events, dealers, customers, orders, vehicles and all else
// that has an id are named anew, so that it shares none with the history it was made from. Packs,
// calendars and bank lists, which have no owner, are left out with their voids; policies keep
// their names.
std::vector<std::string> renamed_history(const std::vector<std::string>& lines);

// Whether an event is of those that are left out.
bool is_of_everybody(const std::string& type);

}  // namespace test

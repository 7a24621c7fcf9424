#pragma once

#include <algorithm>
#include <vector>

namespace ledger {

// Sorts the values and leaves one of each.
template <class T>
void sort_distinct(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

}  // namespace ledger

#pragma once

#include <algorithm>
#include <boost/sort/spreadsort/string_sort.hpp>
#include <vector>

namespace ledger {

// Sorts rows by the bytes of their `key`. Keys have long beginnings in common, which comparing
// would read again and again; where there are a thousand rows or more they are dealt out by byte.
template <class Row>
void sort_by_key(std::vector<Row>& rows) {
  const auto before = [](const Row& a, const Row& b) { return a.key < b.key; };
  if (std::is_sorted(rows.begin(), rows.end(), before)) return;
  boost::sort::spreadsort::string_sort(
      rows.begin(), rows.end(),
      [](const Row& row, std::size_t at) { return static_cast<unsigned char>(row.key[at]); },
      [](const Row& row) { return row.key.size(); }, before);
}

}  // namespace ledger

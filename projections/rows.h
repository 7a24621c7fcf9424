#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace projections {

// Runs of values in one array, in the order they were given, from (key, value) pairs: that of key
// k begins at `starts[k]` and ends where the next begins; there is one start more than keys.
template <class T>
struct Runs {
  Runs(std::size_t keys, const std::vector<std::pair<std::uint32_t, T>>& pairs)
      : starts(keys + 1), values(pairs.size()) {
    for (const auto& [key, value] : pairs) ++starts[key + std::size_t{1}];
    for (std::size_t key = 0; key < keys; ++key) starts[key + 1] += starts[key];
    auto next = starts;
    for (const auto& [key, value] : pairs) values[next[key]++] = value;
  }

  std::vector<std::uint32_t> starts;
  std::vector<T> values;
};

// Rows of values in one array: for each key 0 … n − 1 a run of values, in the order they
// were given. Filled once from (key, value) pairs.
template <class T>
class Rows {
 public:
  void fill(std::size_t keys, const std::vector<std::pair<std::uint32_t, T>>& pairs) {
    Runs<T> runs(keys, pairs);
    starts_ = std::move(runs.starts);
    values_ = std::move(runs.values);
  }

  std::span<const T> operator[](std::uint32_t key) const {
    return {values_.data() + starts_[key], values_.data() + starts_[key + std::size_t{1}]};
  }

 private:
  std::vector<std::uint32_t> starts_;
  std::vector<T> values_;
};

}  // namespace projections

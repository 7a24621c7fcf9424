#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace projections {

// Rows of values in one array: for each key 0 … n − 1 a run of values, in the order they
// were given. Filled once from (key, value) pairs.
template <class T>
class Rows {
 public:
  void fill(std::size_t keys, const std::vector<std::pair<std::uint32_t, T>>& pairs) {
    starts_.assign(keys + 1, 0);
    for (const auto& [key, value] : pairs) ++starts_[key + std::size_t{1}];
    for (std::size_t key = 0; key < keys; ++key) starts_[key + 1] += starts_[key];
    values_.resize(pairs.size());
    auto next = starts_;
    for (const auto& [key, value] : pairs) values_[next[key]++] = value;
  }

  std::span<const T> operator[](std::uint32_t key) const {
    return {values_.data() + starts_[key], values_.data() + starts_[key + std::size_t{1}]};
  }

 private:
  std::vector<std::uint32_t> starts_;
  std::vector<T> values_;
};

}  // namespace projections

#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "projections/checked_file.h"
#include "projections/rows.h"

namespace projections {

// Values in memory, or where a file in a cache keeps them. What the file cannot vouch for reads
// as nothing, and the file is damaged from then on: who reads asks it at the end whether what
// was learned is all. Immutable; safe from any thread.
template <class T>
class Column {
 public:
  Column() = default;

  explicit Column(std::vector<T> values) : values_(std::move(values)), size_(values_.size()) {}

  // `offset` is a multiple of the alignment; the file must outlive the column.
  Column(const CheckedFile& file, std::size_t offset, std::size_t size)
      : file_(&file), offset_(offset), size_(size) {}

  std::size_t size() const { return size_; }

  // Values `from` … `to` − 1.
  std::span<const T> read(std::size_t from, std::size_t to) const {
    const bool within = from <= to && to <= size_;
    if (file_ == nullptr) return within ? std::span(values_).subspan(from, to - from) : Span{};
    if (!within) file_->mark_damaged();
    if (!within || !file_->load(offset_ + from * sizeof(T), (to - from) * sizeof(T))) return {};
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): stored as it lies in memory.
    return {reinterpret_cast<const T*>(file_->data() + offset_) + from, to - from};
  }

  std::span<const T> all() const { return read(0, size_); }

  std::optional<T> at(std::size_t place) const {
    const auto one = read(place, place + 1);
    if (one.empty()) return std::nullopt;
    return one.front();
  }

  // Of sorted values: where `value` is, reading few blocks.
  std::optional<std::size_t> find(const T& value) const {
    std::size_t from = 0;
    std::size_t to = size_;
    while (from < to) {
      const auto middle = from + (to - from) / 2;
      const auto found = at(middle);
      if (!found) return std::nullopt;
      if (*found == value) return middle;
      (*found < value ? from : to) = *found < value ? middle + 1 : middle;
    }
    return std::nullopt;
  }

 private:
  using Span = std::span<const T>;

  std::vector<T> values_;
  const CheckedFile* file_ = nullptr;
  std::size_t offset_ = 0;
  std::size_t size_ = 0;
};

// Runs of values, one for each key 0 … n − 1: where each begins, and all of them.
template <class T>
struct RowColumns {
  Column<std::uint32_t> starts;  // one more than there are keys
  Column<T> values;

  std::span<const T> operator[](std::size_t key) const {
    const auto bounds = starts.read(key, key + 2);
    if (bounds.empty()) return {};
    return values.read(bounds[0], bounds[1]);
  }
};

// In memory, from (key, value) pairs; values stand in the order they are given.
template <class T>
RowColumns<T> row_columns(std::size_t keys, const std::vector<std::pair<std::uint32_t, T>>& pairs) {
  Runs<T> runs(keys, pairs);
  return {Column(std::move(runs.starts)), Column(std::move(runs.values))};
}

}  // namespace projections

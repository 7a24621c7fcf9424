#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace ledger {

// Finds the place of a name in a short list that never changes: a few comparisons,
// no allocation. The names must outlive the table.
class NameTable {
 public:
  NameTable() = default;

  explicit NameTable(std::span<const std::string_view> names) : names_(names.begin(), names.end()) {
    std::size_t capacity = 4;
    while (capacity < names.size() * 4) capacity *= 2;
    cells_.assign(capacity, 0);
    for (std::size_t place = 0; place < names.size(); ++place) {
      auto cell = first_cell(names[place]);
      while (cells_[cell] != 0) cell = next_cell(cell);
      cells_[cell] = static_cast<std::uint8_t>(place + 1);
    }
  }

  std::optional<std::size_t> find(std::string_view name) const {
    if (cells_.empty()) return std::nullopt;
    for (auto cell = first_cell(name); cells_[cell] != 0; cell = next_cell(cell)) {
      const std::size_t place = cells_[cell] - std::size_t{1};
      if (names_[place] == name) return place;
    }
    return std::nullopt;
  }

  // At most 255: a place must fit a cell.
  std::span<const std::string_view> names() const { return names_; }

 private:
  std::size_t first_cell(std::string_view name) const {
    if (name.empty()) return 0;
    const auto byte = [&](std::size_t at) -> std::size_t {
      return static_cast<unsigned char>(name[at]);
    };
    const auto mixed = name.size() * 0x9E3779B1U + byte(0) * 0x85EBCA77U +
                       byte(name.size() / 2) * 0xC2B2AE3DU + byte(name.size() - 1) * 0x27D4EB2FU;
    return (mixed >> 15U) & (cells_.size() - 1);
  }

  std::size_t next_cell(std::size_t cell) const { return (cell + 1) & (cells_.size() - 1); }

  std::vector<std::string_view> names_;
  std::vector<std::uint8_t> cells_;  // place + 1; 0 is an empty cell
};

}  // namespace ledger

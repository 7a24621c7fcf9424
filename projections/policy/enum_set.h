#pragma once

#include <bitset>
#include <cstddef>

namespace projections::policy {

// Some of the members of a schema enumeration.
template <class Enum>
class EnumSet {
 public:
  bool contains(Enum member) const { return bits_.test(static_cast<std::size_t>(member)); }

  void insert(Enum member) { bits_.set(static_cast<std::size_t>(member)); }

  std::size_t count() const { return bits_.count(); }

  bool empty() const { return bits_.none(); }

  bool operator==(const EnumSet&) const = default;

 private:
  std::bitset<static_cast<std::size_t>(Enum::MAX) + 1> bits_;
};

}  // namespace projections::policy

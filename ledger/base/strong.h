#pragma once

#include <compare>
#include <cstdint>

namespace ledger {

// A number that cannot be mistaken for another number.
template <class Tag, class Value = std::uint64_t>
struct Strong {
  Value value{};
  auto operator<=>(const Strong&) const = default;
};

using Sequence = Strong<struct SequenceTag>;  // 0-based position of an event in the log
using TreeSize = Strong<struct TreeSizeTag>;  // number of events in a log or a view of it

}  // namespace ledger

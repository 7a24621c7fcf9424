// Money: int64 fen (1/100 CNY), exact. Nothing here wraps or rounds in silence; an
// answer that does not fit is no answer.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>

namespace projections::policy {

__extension__ using Int128 = __int128;

// `value` as 64 bits; nothing when it does not fit.
constexpr std::optional<std::int64_t> narrow(Int128 value) {
  if (value < std::numeric_limits<std::int64_t>::min()) return std::nullopt;
  if (value > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

constexpr std::optional<std::int64_t> add(std::int64_t a, std::int64_t b) {
  return narrow(Int128{a} + b);
}

constexpr std::optional<std::int64_t> subtract(std::int64_t a, std::int64_t b) {
  return narrow(Int128{a} - b);
}

constexpr std::optional<std::int64_t> multiply(std::int64_t rate, std::int64_t count) {
  return narrow(Int128{rate} * count);
}

// `amount` × `bp` / 10,000, rounded to the nearest fen, halves away from zero.
constexpr std::optional<std::int64_t> share_bp(std::int64_t amount, std::int64_t bp) {
  constexpr Int128 whole = 10'000;
  const Int128 product = Int128{amount} * bp;
  const Int128 half = product < 0 ? -whole / 2 : whole / 2;
  return narrow((product + half) / whole);
}

}  // namespace projections::policy

// What the embedded packs pay, so that generated settlements are mostly right. The
// engine reads the packs and nothing of this.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "cli/generate/calendar.h"

namespace cli::generate {

enum class Policy : std::uint8_t { nev, jlr };

inline constexpr std::array<std::string_view, 2> policy_ids{"nev-fleet-2017", "jlr-fleet"};
inline constexpr Day second_version_from{212};  // 2017-08-01
inline constexpr std::int64_t delivery_fee_fen = 300'000;
inline constexpr std::int64_t complaint_fine_fen = 1'000'000;

inline std::string_view id_of(Policy policy) {
  return policy_ids[static_cast<std::size_t>(policy)];
}

// Standard support per vehicle; `second` asks for version 2 of the new-energy policy.
constexpr std::int64_t standard_rate_fen(Policy policy, bool second, int basis) {
  if (policy == Policy::jlr) return basis >= 5 ? 1'500'000 : 1'000'000;
  if (basis >= 30) return 600'000;
  if (basis >= 10) return second ? 300'000 : 400'000;
  return 200'000;
}

// The deduction on an accepted bill, rounded half up.
constexpr std::int64_t deduction_fen(std::int64_t face_fen, int tenor_months, bool direct) {
  const int bp = (tenor_months <= 3 ? 50 : 100) * (direct ? 1 : 2);
  return (face_fen * bp + 5'000) / 10'000;
}

// The volume rebate of one dealer and month.
constexpr std::int64_t rebate_fen(int vehicles) {
  if (vehicles >= 30) return vehicles * std::int64_t{80'000};
  if (vehicles >= 10) return vehicles * std::int64_t{50'000};
  return 0;
}

}  // namespace cli::generate

#pragma once

namespace ledger {

// Unlike std::isdigit, whatever the locale and for every char.
constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace ledger

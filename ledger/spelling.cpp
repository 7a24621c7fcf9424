#include "ledger/spelling.h"

#include <algorithm>
#include <array>

#include "ledger/base/ascii.h"
#include "ledger/proof/base64.h"

namespace ledger {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::uint8_t no_digit = 0xFF;

// The value of each character as a digit.
constexpr std::array<std::uint8_t, 256> hex_values = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(no_digit);
  for (std::size_t value = 0; value < hex_digits.size(); ++value) {
    values[static_cast<unsigned char>(hex_digits[value])] = static_cast<std::uint8_t>(value);
  }
  return values;
}();

std::uint8_t hex_value(char c) {
  return hex_values[static_cast<unsigned char>(c)];
}

bool is_upper_or_digit(char c) {
  return (c >= 'A' && c <= 'Z') || is_digit(c);
}

bool is_month(std::string_view text) {
  if (text[4] != '-') return false;
  const auto year = text.substr(0, 4);
  const auto month = text.substr(5, 2);
  return std::all_of(year.begin(), year.end(), is_digit) &&
         std::all_of(month.begin(), month.end(), is_digit) && month >= "01" && month <= "12";
}

bool is_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return hex_value(c) != no_digit; });
}

}  // namespace

bool is_spelled(const FieldRule& field, std::string_view text) {
  const auto size = static_cast<std::int64_t>(text.size());
  if (size < field.min || size > field.max) return false;
  switch (field.kind) {
    case Kind::id:
    case Kind::text:
      return true;
    case Kind::vin:
    case Kind::uscc:
      return std::all_of(text.begin(), text.end(), is_upper_or_digit);
    case Kind::month:
      return is_month(text);
    case Kind::key_id:
      return is_hex(text);
    case Kind::base64:
      return proof::decode_base64(text).has_value();
    case Kind::none:
    case Kind::date:
    case Kind::fen:
    case Kind::bp:
    case Kind::count:
    case Kind::sha256:
      return false;
  }
  return false;
}

bool read_hex(std::string_view text, std::span<std::uint8_t> into) {
  if (text.size() != into.size() * 2) return false;
  unsigned wrong = 0;
  for (std::size_t at = 0; at < into.size(); ++at) {
    const unsigned high = hex_value(text[2 * at]);
    const unsigned low = hex_value(text[2 * at + 1]);
    wrong |= high | low;
    into[at] = static_cast<std::uint8_t>((high << 4U) | (low & 0x0FU));
  }
  return wrong < 16;
}

void append_hex(std::span<const std::uint8_t> bytes, std::string& out) {
  for (const auto byte : bytes) {
    out += hex_digits[byte >> 4U];
    out += hex_digits[byte & 0x0FU];
  }
}

}  // namespace ledger

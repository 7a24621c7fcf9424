#include "ledger/spelling.h"

#include <algorithm>
#include <array>

namespace ledger {
namespace {

constexpr std::string_view base64_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::uint8_t no_digit = 0xFF;

// The value of each character as a digit of `digits`.
constexpr std::array<std::uint8_t, 256> values_of(std::string_view digits) {
  std::array<std::uint8_t, 256> values{};
  values.fill(no_digit);
  for (std::size_t value = 0; value < digits.size(); ++value) {
    values[static_cast<unsigned char>(digits[value])] = static_cast<std::uint8_t>(value);
  }
  return values;
}

constexpr auto base64_values = values_of(base64_digits);
constexpr auto hex_values = values_of(hex_digits);

std::uint8_t value_in(const std::array<std::uint8_t, 256>& values, char c) {
  return values[static_cast<unsigned char>(c)];
}

bool is_upper_or_digit(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_month(std::string_view text) {
  if (text[4] != '-') return false;
  const auto year = text.substr(0, 4);
  const auto month = text.substr(5, 2);
  return std::all_of(year.begin(), year.end(), is_digit) &&
         std::all_of(month.begin(), month.end(), is_digit) && month >= "01" && month <= "12";
}

bool is_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return value_in(hex_values, c) != no_digit; });
}

// Reads the base64 in `text` and gives each byte to `take`; false when it is malformed.
template <class Take>
bool decode_base64(std::string_view text, Take take) {
  if (text.size() % 4 != 0) return false;
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const char c : text.substr(0, text.size() - padding)) {
    const auto digit = value_in(base64_values, c);
    if (digit == no_digit) return false;
    bits = (bits << 6U) | digit;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    take(static_cast<std::uint8_t>(bits >> held));
    bits &= (1U << held) - 1;
  }
  return bits == 0;
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
      return is_base64(text);
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
  std::uint8_t wrong = 0;
  for (std::size_t at = 0; at < into.size(); ++at) {
    const auto high = value_in(hex_values, text[2 * at]);
    const auto low = value_in(hex_values, text[2 * at + 1]);
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

bool read_base64(std::string_view text, std::span<std::uint8_t> into) {
  if (text.size() != (into.size() + 2) / 3 * 4) return false;
  std::size_t used = 0;
  const bool whole = decode_base64(text, [&](std::uint8_t byte) {
    if (used < into.size()) into[used] = byte;
    ++used;
  });
  return whole && used == into.size();
}

bool is_base64(std::string_view text) {
  return decode_base64(text, [](std::uint8_t) {});
}

void append_base64(std::span<const std::uint8_t> bytes, std::string& out) {
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const auto group = bytes.subspan(at, std::min<std::size_t>(3, bytes.size() - at));
    std::uint32_t bits = 0;
    for (std::size_t place = 0; place < 3; ++place) {
      bits = (bits << 8U) | (place < group.size() ? group[place] : 0U);
    }
    for (std::size_t digit = 0; digit < 4; ++digit) {
      const auto value = (bits >> (18 - 6 * digit)) & 0x3FU;
      out += digit <= group.size() ? base64_digits[value] : '=';
    }
  }
}

}  // namespace ledger

#include "ledger/utf8.h"

namespace ledger {
namespace {

constexpr unsigned char byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

// Bytes of the character that `lead` starts, and the bits of it that `lead` holds.
CodePoint begin_code_point(unsigned char lead) {
  if (lead < 0x80) return {lead, 1};
  if (lead >= 0xC2 && lead <= 0xDF) return {lead & 0x1FU, 2};
  if (lead >= 0xE0 && lead <= 0xEF) return {lead & 0x0FU, 3};
  if (lead >= 0xF0 && lead <= 0xF4) return {lead & 0x07U, 4};
  return {0, 0};
}

}  // namespace

CodePoint next_code_point(std::string_view text) {
  auto point = begin_code_point(byte_at(text, 0));
  if (point.size > text.size()) return {0, 0};
  for (std::size_t at = 1; at < point.size; ++at) {
    const auto next = byte_at(text, at);
    if ((next & 0xC0U) != 0x80U) return {0, 0};
    point.value = (point.value << 6U) | (next & 0x3FU);
  }
  const bool overlong =
      (point.size == 3 && point.value < 0x800) || (point.size == 4 && point.value < 0x10000);
  const bool surrogate = point.value >= 0xD800 && point.value <= 0xDFFF;
  if (overlong || surrogate || point.value > 0x10FFFF) return {0, 0};
  return point;
}

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto size = next_code_point(text.substr(at)).size;
    if (size == 0) return at;
    at += size;
  }
  return std::nullopt;
}

bool has_control(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto c = byte_at(text, at);
    if (c < 0x20 || c == 0x7F) return true;
    // U+0080 … U+009F are C2 80 … C2 9F.
    if (c == 0xC2 && at + 1 < text.size() && byte_at(text, at + 1) < 0xA0) return true;
  }
  return false;
}

}  // namespace ledger

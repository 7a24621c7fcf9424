#include "cli/display_width.h"

#include <array>
#include <cstdint>

namespace cli {
namespace {

struct Range {
  char32_t first, last;
};

// East Asian Width W and F (Unicode Annex 11), in the blocks that occur in names.
constexpr std::array wide{Range{0x1100, 0x115F},   Range{0x2E80, 0x303E},  Range{0x3041, 0x33FF},
                          Range{0x3400, 0x4DBF},   Range{0x4E00, 0x9FFF},  Range{0xA000, 0xA4CF},
                          Range{0xA960, 0xA97F},   Range{0xAC00, 0xD7A3},  Range{0xF900, 0xFAFF},
                          Range{0xFE30, 0xFE6F},   Range{0xFF00, 0xFF60},  Range{0xFFE0, 0xFFE6},
                          Range{0x1F300, 0x1FAFF}, Range{0x20000, 0x3FFFD}};
constexpr std::array zero{Range{0x0300, 0x036F}, Range{0x200B, 0x200F}, Range{0x20D0, 0x20FF},
                          Range{0xFE00, 0xFE0F}};

template <std::size_t count>
bool in(const std::array<Range, count>& ranges, char32_t point) {
  for (const auto& range : ranges) {
    if (point >= range.first && point <= range.last) return true;
  }
  return false;
}

// Takes one character off the front; a byte that is no UTF-8 counts as one.
char32_t take(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  char32_t point = length == 1 ? lead : lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length && i < text.size(); ++i) {
    point = (point << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  text.remove_prefix(std::min(length, text.size()));
  return point;
}

std::size_t width_of(char32_t point) {
  if (in(zero, point)) return 0;
  return in(wide, point) ? 2 : 1;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) width += width_of(take(text));
  return width;
}

std::string pad_right(std::string_view text, std::size_t width) {
  const auto taken = display_width(text);
  return std::string(text) + std::string(width > taken ? width - taken : 0, ' ');
}

std::string pad_left(std::string_view text, std::size_t width) {
  const auto taken = display_width(text);
  return std::string(width > taken ? width - taken : 0, ' ') + std::string(text);
}

std::string shorten(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  auto rest = text;
  std::size_t taken = 0;
  while (!rest.empty()) {
    auto after = rest;
    const auto next = width_of(take(after));
    if (taken + next + 1 > width) break;
    taken += next;
    rest = after;
  }
  return std::string(text.substr(0, text.size() - rest.size())) + "…";
}

}  // namespace cli

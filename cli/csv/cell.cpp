#include "cli/csv/cell.h"

namespace cli::csv {
namespace {

// White space as spreadsheets leave it: ASCII, U+00A0, U+3000.
constexpr std::string_view spaces[] = {" ", "\t", "\r", "\n", "\xC2\xA0", "\xE3\x80\x80"};

}  // namespace

std::string_view trimmed(std::string_view text) {
  for (bool more = true; more;) {
    more = false;
    for (const auto space : spaces) {
      if (text.starts_with(space)) {
        text.remove_prefix(space.size());
        more = true;
      }
      if (text.ends_with(space)) {
        text.remove_suffix(space.size());
        more = true;
      }
    }
  }
  return text;
}

std::optional<bool> read_truth(std::string_view text) {
  if (text == "是") return true;
  if (text == "否") return false;
  return std::nullopt;
}

std::optional<std::vector<std::string>> read_list(std::string_view text,
                                                  const std::vector<std::string>& separators) {
  std::vector<std::string> pieces;
  while (true) {
    // The first separator there; the longest of those that begin at the same place.
    auto end = text.size();
    std::size_t width = 0;
    for (const auto& separator : separators) {
      const auto at = text.find(separator);
      if (at == std::string_view::npos) continue;
      if (at < end || (at == end && separator.size() > width)) {
        end = at;
        width = separator.size();
      }
    }
    const auto piece = trimmed(text.substr(0, end));
    if (piece.empty()) return std::nullopt;
    pieces.emplace_back(piece);
    if (width == 0) return pieces;
    text.remove_prefix(end + width);
  }
}

bool has_full_width_digit(std::string_view text) {
  // U+FF10 … U+FF19
  constexpr std::string_view lead = "\xEF\xBC";
  for (auto at = text.find(lead); at != std::string_view::npos; at = text.find(lead, at + 1)) {
    if (at + 2 >= text.size()) return false;
    const auto last = static_cast<unsigned char>(text[at + 2]);
    if (last >= 0x90 && last <= 0x99) return true;
  }
  return false;
}

}  // namespace cli::csv

#include "projections/certified_rows.h"

#include <algorithm>
#include <charconv>

#include "ledger/proof/hash.h"
#include "ledger/proof/text.h"

namespace projections {
namespace {

constexpr std::string_view form = "tally-certified-rows/v1";

std::optional<std::size_t> count_in(std::string_view line, ReadModel model) {
  const auto name = name_of(model);
  if (!line.starts_with(name) || line.size() < name.size() + 2 || line[name.size()] != ' ') {
    return std::nullopt;
  }
  const auto digits = line.substr(name.size() + 1);
  std::size_t count = 0;
  const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  if (code != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return count;
}

}  // namespace

void CertifiedRows::add(ReadModel model, const std::string& row) {
  rows_[static_cast<std::size_t>(model)].push_back(row);
}

std::string CertifiedRows::text() const {
  std::string text(form);
  text += '\n';
  for (const auto model : read_models) {
    text.append(name_of(model)).append(" ").append(std::to_string(of(model).size())).append("\n");
  }
  text += '\n';
  for (const auto model : read_models) {
    for (const auto& row : of(model)) text.append(row).append("\n");
  }
  return text;
}

std::optional<CertifiedRows> CertifiedRows::parse(std::string_view text,
                                                  const ledger::Hash& sha256) {
  if (ledger::proof::take_line(text) != form) return std::nullopt;
  std::array<std::size_t, read_models.size()> counts{};
  for (const auto model : read_models) {
    const auto line = ledger::proof::take_line(text);
    const auto count = line ? count_in(*line, model) : std::nullopt;
    if (!count) return std::nullopt;
    counts[static_cast<std::size_t>(model)] = *count;
  }
  if (ledger::proof::take_line(text) != std::string_view{}) return std::nullopt;
  if (ledger::proof::sha256(ledger::bytes_of(text)) != sha256) return std::nullopt;
  CertifiedRows rows;
  for (const auto model : read_models) {
    for (std::size_t row = 0; row < counts[static_cast<std::size_t>(model)]; ++row) {
      const auto line = ledger::proof::take_line(text);
      if (!line) return std::nullopt;
      rows.add(model, std::string(*line));
    }
  }
  if (!text.empty()) return std::nullopt;
  return rows;
}

std::optional<FirstDifference> first_difference(const CertifiedRows& certified,
                                                const CertifiedRows& found) {
  for (const auto model : read_models) {
    const auto& before = certified.of(model);
    const auto& after = found.of(model);
    const auto parted = std::mismatch(before.begin(), before.end(), after.begin(), after.end());
    if (parted.first == before.end() && parted.second == after.end()) continue;
    return FirstDifference{model, static_cast<std::size_t>(parted.first - before.begin()) + 1,
                           parted.first == before.end() ? "" : *parted.first,
                           parted.second == after.end() ? "" : *parted.second};
  }
  return std::nullopt;
}

}  // namespace projections

#include "ledger/proof/tile.h"

#include "ledger/base/check.h"
#include "ledger/proof/hash.h"
#include "ledger/proof/text.h"
#include "ledger/proof/tree_hashes.h"

namespace ledger::proof {
namespace {

constexpr std::string_view tile_prefix = "tile/";
constexpr std::string_view entries_name = "entries";
constexpr std::string_view partial_mark = ".p/";

// `1234067` becomes `x001/x234/067`: directories stay small on any file system.
std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  digits.insert(0, (3 - digits.size() % 3) % 3, '0');
  std::string groups;
  for (std::size_t i = 0; i < digits.size(); i += 3) {
    const bool last = i + 3 == digits.size();
    if (!last) groups += 'x';
    groups.append(digits, i, 3);
    if (!last) groups += '/';
  }
  return groups;
}

std::string path_of(std::string_view kind, std::uint64_t number, std::uint32_t width) {
  check(width >= 1 && width <= tile_width_max, "a stored tile holds 1 to 256 hashes");
  std::string path(tile_prefix);
  path.append(kind).append("/").append(grouped(number));
  if (width != tile_width_max) path.append(partial_mark).append(std::to_string(width));
  return path;
}

// The inverse of `grouped`.
std::optional<std::uint64_t> number_of(std::string_view groups) {
  std::string digits;
  while (groups.starts_with('x')) {
    if (groups.size() < 5 || groups[4] != '/') return std::nullopt;
    digits.append(groups.substr(1, 3));
    groups.remove_prefix(5);
  }
  digits.append(groups);
  std::string_view plain = digits;
  while (plain.size() > 1 && plain.front() == '0') plain.remove_prefix(1);
  return parse_decimal(plain);
}

}  // namespace

TileLevel tile_level(unsigned level, TreeSize size) {
  if (level > tile_level_max) return {};
  const std::uint64_t hashes = size.value >> (level * tile_height);
  return {hashes / tile_width_max, static_cast<std::uint32_t>(hashes % tile_width_max)};
}

std::vector<TileLevel> tile_levels(TreeSize size) {
  std::vector<TileLevel> levels;
  for (unsigned level = 0; tile_level(level, size) != TileLevel{}; ++level) {
    levels.push_back(tile_level(level, size));
  }
  return levels;
}

std::uint32_t tile_width(TileId tile, TreeSize size) {
  const TileLevel level = tile_level(tile.level, size);
  if (tile.number < level.full_count) return tile_width_max;
  return tile.number == level.full_count ? level.partial_width : 0;
}

Hash root_of(std::span<const Hash> hashes) {
  if (hashes.empty()) return empty_root();
  if (hashes.size() == 1) return hashes.front();
  std::vector<Hash> level(hashes.begin(), hashes.end());
  while (level.size() > 1) {
    const auto pairs = level.size() / 2;
    hash_nodes(std::span(level).first(2 * pairs), std::span(level).first(pairs));
    // A last one without a sibling passes upwards unhashed.
    if (level.size() % 2 != 0) level[pairs] = level.back();
    level.resize((level.size() + 1) / 2);
  }
  return level.front();
}

std::string tile_path(TileId tile, std::uint32_t width) {
  check(tile.level <= tile_level_max, "a tile's level is at most 7");
  return path_of(std::to_string(tile.level), tile.number, width);
}

std::string bundle_path(BundleId bundle, std::uint32_t width) {
  return path_of(entries_name, bundle.number, width);
}

std::optional<TilePath> parse_tile_path(std::string_view path) {
  if (!path.starts_with(tile_prefix)) return std::nullopt;
  std::string_view rest = path.substr(tile_prefix.size());
  const auto slash = rest.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const std::string_view kind = rest.substr(0, slash);
  rest.remove_prefix(slash + 1);

  TilePath parsed;
  if (const auto mark = rest.find(partial_mark); mark != std::string_view::npos) {
    const auto width = parse_decimal(rest.substr(mark + partial_mark.size()));
    if (!width || *width < 1 || *width >= tile_width_max) return std::nullopt;
    parsed.width = static_cast<std::uint32_t>(*width);
    rest = rest.substr(0, mark);
  }
  const auto number = number_of(rest);
  if (!number) return std::nullopt;
  if (kind == entries_name) {
    parsed.id = BundleId{*number};
  } else {
    const auto level = parse_decimal(kind);
    if (!level || *level > tile_level_max) return std::nullopt;
    parsed.id = TileId{static_cast<std::uint8_t>(*level), *number};
  }

  // One spelling per tile: whatever the steps above let through must write back the same.
  const auto* tile = std::get_if<TileId>(&parsed.id);
  const std::string canonical = tile != nullptr
                                    ? tile_path(*tile, parsed.width)
                                    : bundle_path(std::get<BundleId>(parsed.id), parsed.width);
  if (canonical != path) return std::nullopt;
  return parsed;
}

}  // namespace ledger::proof

#include "ledger/proof/bundle.h"

#include "ledger/base/check.h"

namespace ledger::proof {
namespace {

constexpr std::size_t length_bytes = 2;

}  // namespace

void append_to_bundle(Bytes entry, std::vector<std::byte>& bundle) {
  check(entry.size() <= entry_bytes_max, "an entry of a bundle has at most 65,535 bytes");
  bundle.push_back(static_cast<std::byte>(entry.size() >> 8));
  bundle.push_back(static_cast<std::byte>(entry.size() & 0xFFU));
  bundle.insert(bundle.end(), entry.begin(), entry.end());
}

Result<std::vector<Bytes>> parse_bundle(Bytes bundle, std::uint32_t width) {
  std::vector<Bytes> entries;
  entries.reserve(width);
  Bytes rest = bundle;
  while (!rest.empty() && entries.size() < width) {
    if (rest.size() < length_bytes) break;
    const auto length =
        std::to_integer<std::size_t>(rest[0]) << 8 | std::to_integer<std::size_t>(rest[1]);
    if (rest.size() - length_bytes < length) break;
    entries.push_back(rest.subspan(length_bytes, length));
    rest = rest.subspan(length_bytes + length);
  }
  if (entries.size() == width && rest.empty()) return entries;
  return Error{ErrorCode::invalid,
               worded("a bundle of {} bytes with {} whole entries and {} further bytes, wanted {} "
                      "entries and nothing else",
                      "条目包共 {} 字节，有 {} 个完整条目及多余的 {} 字节，应恰为 {} 个条目",
                      bundle.size(), entries.size(), rest.size(), width)};
}

}  // namespace ledger::proof

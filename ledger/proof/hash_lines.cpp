#include "ledger/proof/hash_lines.h"

#include "ledger/proof/base64.h"
#include "ledger/proof/text.h"

namespace ledger::proof {

Result<std::vector<Hash>> take_hash_lines(std::string_view& rest, const Message& kind,
                                          std::size_t count_max) {
  std::vector<Hash> hashes;
  while (true) {
    const auto next = take_line(rest);
    if (!next) {
      return malformed(kind, {"end", "结尾"}, rest,
                       {"an empty line, then a checkpoint", "空行，其后为检查点"});
    }
    if (next->empty()) return hashes;
    const auto hash = decode_hash(*next);
    if (!hash) {
      return malformed(kind, {"hash", "哈希"}, *next,
                       {"the base64 of 32 bytes", "32 字节的 base64"});
    }
    if (hashes.size() == count_max) {
      return malformed(kind, {"hash", "哈希"}, *next,
                       worded("at most {} hashes", "至多 {} 个哈希", count_max));
    }
    hashes.push_back(*hash);
  }
}

}  // namespace ledger::proof

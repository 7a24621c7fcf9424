#include "ledger/proof/hash_lines.h"

#include <string>

#include "ledger/proof/base64.h"
#include "ledger/proof/text.h"

namespace ledger::proof {

Result<std::vector<Hash>> take_hash_lines(std::string_view& rest, std::string_view kind,
                                          std::size_t count_max) {
  std::vector<Hash> hashes;
  while (true) {
    const auto next = take_line(rest);
    if (!next) return malformed(kind, "end", rest, "an empty line, then a checkpoint");
    if (next->empty()) return hashes;
    const auto hash = decode_hash(*next);
    if (!hash) return malformed(kind, "hash", *next, "the base64 of 32 bytes");
    if (hashes.size() == count_max) {
      return malformed(kind, "hash", *next, "at most " + std::to_string(count_max) + " hashes");
    }
    hashes.push_back(*hash);
  }
}

}  // namespace ledger::proof

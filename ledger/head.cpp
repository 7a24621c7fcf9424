#include "ledger/head.h"

#include <algorithm>

#include "ledger/base/message.h"
#include "ledger/byte_order.h"
#include "ledger/checksum.h"

namespace ledger {
namespace {

constexpr std::size_t checksum_at = 0;  // of all that follows
constexpr std::size_t appended_at = 8;
constexpr std::size_t entry_bytes_at = 16;
constexpr std::size_t frontier_at = 24;

}  // namespace

std::vector<std::byte> Head::serialise() const {
  const auto tree = frontier.serialise();
  std::vector<std::byte> bytes(frontier_at + tree.size());
  store_little(bytes, appended_at, appended_ns);
  store_little(bytes, entry_bytes_at, entry_bytes);
  std::copy(tree.begin(), tree.end(), bytes.begin() + frontier_at);
  store_little(bytes, checksum_at, checksum(Bytes(bytes).subspan(appended_at)));
  return bytes;
}

Result<Head> Head::parse(Bytes bytes) {
  if (bytes.size() < frontier_at ||
      load_little<std::uint64_t>(bytes, checksum_at) != checksum(bytes.subspan(appended_at))) {
    return Error{ErrorCode::corrupt,
                 worded("the record of the log's head does not fit its checksum; keep this "
                        "directory as evidence and restore a backup",
                        "日志头的记录与其校验和不符；请保留此目录作为证据并恢复备份")};
  }
  return Head{TRY(proof::Frontier::parse(bytes.subspan(frontier_at))),
              load_little<std::int64_t>(bytes, appended_at),
              load_little<std::uint64_t>(bytes, entry_bytes_at)};
}

}  // namespace ledger

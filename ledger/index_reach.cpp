#include "ledger/index_reach.h"

#include <span>
#include <string_view>

#include "ledger/base/message.h"
#include "ledger/byte_order.h"

namespace ledger {
namespace {

constexpr std::string_view indexed_key = "indexed";

}  // namespace

Result<TreeSize> read_index_reach(const Store& store) {
  const auto value = TRY(store.get(Table::meta, bytes_of(indexed_key)));
  if (!value) return TreeSize{0};
  if (value->size() != sizeof(std::uint64_t)) {
    return Error{ErrorCode::corrupt,
                 worded("the record of how far the index tables reach holds {} bytes where 8 "
                        "belong; run `tally verify`",
                        "索引表所及范围的记录有 {} 字节，应为 8 字节；请运行 `tally verify`",
                        value->size())};
  }
  return TreeSize{load_little<std::uint64_t>(bytes_of(*value), 0)};
}

Status put_index_reach(TreeSize reach, Ingestion& rows) {
  return rows.put(Table::meta, bytes_of(indexed_key), std::as_bytes(std::span(&reach.value, 1)));
}

}  // namespace ledger

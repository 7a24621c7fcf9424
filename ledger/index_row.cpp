#include "ledger/index_row.h"

#include <cstdint>

#include "ledger/base/message.h"
#include "ledger/byte_order.h"

namespace ledger {

Result<Sequence> parse_index(Bytes value) {
  if (value.size() != sizeof(std::uint64_t)) {
    return Error{
        ErrorCode::corrupt,
        worded("an index table holds {} bytes where 8 belong; run `tally verify`",
               "索引表中某值有 {} 字节，应为 8 字节；请运行 `tally verify`", value.size())};
  }
  return Sequence{load_little<std::uint64_t>(value, 0)};
}

Result<std::optional<Sequence>> look_up(const Store& store, Table table, std::string_view key) {
  const auto value = TRY(store.get(table, bytes_of(key)));
  if (!value) return std::optional<Sequence>();
  return std::optional(TRY(parse_index(bytes_of(*value))));
}

}  // namespace ledger

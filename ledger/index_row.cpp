#include "ledger/index_row.h"

#include <cstdint>
#include <string>

#include "ledger/byte_order.h"

namespace ledger {

Result<Sequence> parse_index(Bytes value) {
  if (value.size() != sizeof(std::uint64_t)) {
    return Error{ErrorCode::corrupt, "an index table holds " + std::to_string(value.size()) +
                                         " bytes where 8 belong; run `tally verify`"};
  }
  return Sequence{load_little<std::uint64_t>(value, 0)};
}

Result<std::optional<Sequence>> look_up(const Store& store, Table table, std::string_view key) {
  const auto value = TRY(store.get(table, bytes_of(key)));
  if (!value) return std::optional<Sequence>();
  return std::optional(TRY(parse_index(bytes_of(*value))));
}

}  // namespace ledger

#include "ledger/index_row.h"

#include <cstdint>

#include "ledger/byte_order.h"

namespace ledger {

Result<std::optional<Sequence>> parse_index(const std::optional<std::string>& value) {
  if (!value) return std::optional<Sequence>();
  if (value->size() != sizeof(std::uint64_t)) {
    return Error{ErrorCode::corrupt, "an index table holds " + std::to_string(value->size()) +
                                         " bytes where 8 belong; run `tally verify`"};
  }
  return std::optional(Sequence{load_little<std::uint64_t>(bytes_of(*value), 0)});
}

Result<std::optional<Sequence>> look_up(const Store& store, Table table, std::string_view key) {
  return parse_index(TRY(store.get(table, bytes_of(key))));
}

}  // namespace ledger

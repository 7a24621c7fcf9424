#include "ledger/index_reach.h"

#include <array>
#include <span>

#include "ledger/byte_order.h"

namespace ledger {
namespace {

constexpr std::string_view indexed_key = "indexed";
constexpr std::size_t partly_at = 8;
constexpr std::size_t table_at = 16;
constexpr std::size_t last_key_at = 17;

constexpr std::array tables{Table::idempotency, Table::streams};

Error damaged(const std::string& what) {
  return {ErrorCode::corrupt,
          "the record of how far the index tables reach holds " + what + "; run `tally verify`"};
}

}  // namespace

bool IndexReach::got_to(Table in, std::string_view row_key) const {
  return in == table ? row_key <= key : in == Table::idempotency;
}

std::string IndexReach::serialised() const {
  std::string value(text_of(std::as_bytes(std::span(&whole.value, 1))));
  if (partly == whole) return value;
  value += text_of(std::as_bytes(std::span(&partly.value, 1)));
  value += table == tables[0] ? '\0' : '\1';
  value += key;
  return value;
}

Result<IndexReach> read_index_reach(const Store& store) {
  const auto value = TRY(store.get(Table::meta, bytes_of(indexed_key)));
  if (!value) return IndexReach{TreeSize{0}};
  const auto bytes = bytes_of(*value);
  if (bytes.size() != partly_at && bytes.size() < last_key_at) {
    return damaged(std::to_string(bytes.size()) + " bytes where 8, or 17 and more, belong");
  }
  IndexReach reach{TreeSize{load_little<std::uint64_t>(bytes, 0)}};
  if (bytes.size() == partly_at) return reach;
  reach.partly = TreeSize{load_little<std::uint64_t>(bytes, partly_at)};
  if (reach.partly <= reach.whole) return damaged("a run of no entries");
  const auto table = std::to_integer<std::size_t>(bytes[table_at]);
  if (table >= tables.size()) return damaged("table " + std::to_string(table));
  reach.table = tables[table];
  reach.key = text_of(bytes.subspan(last_key_at));
  return reach;
}

void put_index_reach(const IndexReach& reach, WriteGroup& writes) {
  writes.put(Table::meta, bytes_of(indexed_key), bytes_of(reach.serialised()));
}

}  // namespace ledger

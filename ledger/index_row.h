#pragma once

#include <optional>
#include <string_view>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/store.h"

namespace ledger {

// The index in a row of an index table. Fails with `corrupt`.
Result<Sequence> parse_index(Bytes value);

// What an index table has for a key, if it has. Fails likewise, and as the database does.
Result<std::optional<Sequence>> look_up(const Store& store, Table table, std::string_view key);

}  // namespace ledger

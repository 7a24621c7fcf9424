#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/store.h"

namespace ledger {

// The index in a row of an index table; nothing where there is no row. Fails with `corrupt`.
Result<std::optional<Sequence>> parse_index(const std::optional<std::string>& value);

// What an index table has for a key. Fails likewise, and as the database does.
Result<std::optional<Sequence>> look_up(const Store& store, Table table, std::string_view key);

}  // namespace ledger

#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"

namespace ledger::proof {

// Takes hashes, a line of base64 each, and the empty line before the checkpoint off `rest`. Fails
// with `invalid` for anything else and for more than `count_max`, naming `kind`. Pure.
Result<std::vector<Hash>> take_hash_lines(std::string_view& rest, const Message& kind,
                                          std::size_t count_max);

}  // namespace ledger::proof

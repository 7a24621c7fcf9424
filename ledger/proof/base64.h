// Standard base64 with padding (RFC 4648, section 4), in its one canonical spelling.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/bytes.h"

namespace ledger::proof {

// Requires less than 1 GiB.
std::string encode_base64(Bytes bytes);
// Nothing for text that `encode_base64` would not write.
std::optional<std::vector<std::byte>> decode_base64(std::string_view text);
// The same where a hash must stand.
std::optional<Hash> decode_hash(std::string_view text);

}  // namespace ledger::proof

// Entry bundles of C2SP tlog-tiles: the entries under one tile of level 0, each after its length.
#pragma once

#include <cstdint>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"

namespace ledger::proof {

inline constexpr std::size_t entry_bytes_max = 65'535;  // a length has 16 bits

// Adds an entry: its length as uint16, big-endian, then its bytes. Requires at most
// `entry_bytes_max` of them.
void append_to_bundle(Bytes entry, std::vector<std::byte>& bundle);

// The entries of a bundle of `width`; they live as long as `bundle`. Fails with `invalid`
// unless the bundle holds exactly that many and nothing else.
Result<std::vector<Bytes>> parse_bundle(Bytes bundle, std::uint32_t width);

}  // namespace ledger::proof

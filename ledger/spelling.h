// How single values are spelled outside: pure checks and conversions of short texts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "ledger/catalogue.h"

namespace ledger {

// Whether `text` is a value of a kind that is stored as it is spelled, its length
// within `field.min` and `field.max`.
bool is_spelled(const FieldRule& field, std::string_view text);

// Reads exactly `into.size()` bytes from lower-case hex digits; false when it is not that.
bool read_hex(std::string_view text, std::span<std::uint8_t> into);
// The inverse.
void append_hex(std::span<const std::uint8_t> bytes, std::string& out);

}  // namespace ledger

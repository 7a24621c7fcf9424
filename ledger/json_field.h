// How stored values are printed as JSON: without spaces, escaping only what RFC 8259 demands,
// which is just what RFC 8785 (JCS) wants of strings, integers and booleans.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/catalogue.h"
#include "ledger/event.h"

namespace ledger {

// A string. Bytes that are no UTF-8, which only a damaged ledger holds, become U+FFFD so
// that the line stays JSON.
void append_json(std::string_view text, std::string& out);
void append_json(std::int64_t number, std::string& out);
// The value of a field that is present.
void append_json(const flatbuffers::Table& payload, const FieldRule& field, std::string& out);

}  // namespace ledger

# Writes INPUT as a C++ byte array into OUTPUT.
file(READ ${INPUT} bytes HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
file(WRITE ${OUTPUT} "#pragma once

namespace ledger::schema {

// The binary schema of event.fbs, attributes and comments included.
alignas(8) inline constexpr unsigned char event_bfbs[] = {${bytes}};

}  // namespace ledger::schema
")

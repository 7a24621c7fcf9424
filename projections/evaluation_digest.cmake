# Writes OUTPUT, a header with one SHA-256 over the files of INPUTS, which are separated by |.
string(REPLACE "|" ";" inputs "${INPUTS}")
set(digests "")
foreach(input IN LISTS inputs)
  file(SHA256 "${input}" digest)
  string(APPEND digests "${digest}")
endforeach()
string(SHA256 digest "${digests}")
file(WRITE "${OUTPUT}" "#pragma once

#include <string_view>

namespace projections {

inline constexpr std::string_view evaluation_digest =
    \"${digest}\";

}  // namespace projections
")

# Writes the exact bytes of the packs FIRST, SECOND, JLR and COMMERCIAL into OUTPUT as C++.
set(body "")
foreach(pack FIRST SECOND JLR COMMERCIAL)
  file(READ ${${pack}} bytes HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
  string(TOLOWER ${pack} name)
  string(APPEND body "inline constexpr char ${name}_pack[] = {${bytes}};\n")
endforeach()
file(WRITE ${OUTPUT} "#pragma once

namespace cli::generate {

${body}
}  // namespace cli::generate
")

# Writes the files INPUTS (a list) into OUTPUT as the story that `tally demo` tells.
set(entries "")
foreach(input IN LISTS INPUTS)
  get_filename_component(name ${input} NAME)
  string(MAKE_C_IDENTIFIER ${name} identifier)
  file(READ ${input} bytes HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
  string(APPEND arrays "constexpr char ${identifier}[] = {${bytes}};\n")
  string(APPEND entries "    if (name == \"${name}\") return {${identifier}, sizeof(${identifier})};\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"cli/demo/files.h\"

#include \"ledger/base/check.h\"

namespace cli::demo {
namespace {

${arrays}
}  // namespace

std::string_view file(std::string_view name) {
${entries}    ledger::check(false, \"the story has this file\");
  return {};
}

}  // namespace cli::demo
")

# Writes OUTPUT with the version and the git revision of SOURCE, only when they changed.
execute_process(COMMAND git rev-parse --short=12 HEAD WORKING_DIRECTORY ${SOURCE}
  OUTPUT_VARIABLE revision OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE failed ERROR_QUIET)
if(failed)
  set(revision unknown)
endif()
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT [[#include "cli/version.h"

namespace cli {

std::string version_text() {
  return "@VERSION@ (@revision@)";
}

}  // namespace cli
]] @ONLY)

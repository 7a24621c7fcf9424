#include "cli/refused_lines.h"

namespace cli {

void RefusedLines::tell(const RefusedLine& refused) {
  if (++count_ <= told_max) show_refused(refused, console_);
}

void RefusedLines::tell_rest() const {
  if (untold() == 0) return;
  console_.note("… and {} more refused lines", "……另有 {} 行被拒绝", untold());
}

}  // namespace cli

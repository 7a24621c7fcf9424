#pragma once

namespace test {

// On how many random histories a property is tried: TALLY_HISTORIES, else `otherwise`.
unsigned long history_count(unsigned long otherwise);

}  // namespace test

#pragma once

#include <string>

#include "ledger/base/bytes.h"

namespace cli {

// Two lower-case digits a byte.
std::string hex(ledger::Bytes bytes);

}  // namespace cli

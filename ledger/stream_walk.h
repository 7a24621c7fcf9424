#pragma once

#include <functional>
#include <string_view>

#include "ledger/base/error.h"
#include "ledger/event.h"
#include "ledger/log.h"

namespace ledger {

enum class Walk { on, enough };

// Visits the entries of a stream from the newest back, until one is enough. An entry lives
// until `visit` returns. Fails with the error of `visit` or of reading.
Status walk_back(const Pending& before, std::string_view subject,
                 const std::function<Result<Walk>(const Entry&)>& visit);

}  // namespace ledger

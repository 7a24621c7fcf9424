// The text that an author signs (docs/FORMATS.md, Author signatures).
#pragma once

#include <string>
#include <string_view>

#include "ledger/base/error.h"
#include "ledger/event.h"

namespace ledger {

// `data` in the form of RFC 8785 (JCS), each personal value in the form {"sha256": …} of its
// commitment. Fails with `invalid` for a personal value in the open without its author's salt.
Result<std::string> canonical_data(const schema::Event& event);

// The whole text, for the ledger with that origin. Fails likewise.
Result<std::string> signed_text(std::string_view origin, const schema::Event& event);

}  // namespace ledger

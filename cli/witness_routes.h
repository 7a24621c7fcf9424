// The paths of a witness (C2SP tlog-witness), under whatever prefix they are asked for.
#pragma once

#include <cstdint>

#include "cli/http/message.h"
#include "ledger/witness.h"

namespace cli {

// `POST …/add-checkpoint` and `GET …/<hex SHA-256(origin)>/checkpoint`; anything else is answered
// 404 or 405. Safe from any thread.
http::Answer answer(const http::Request& request, ledger::Witness& witness, std::uint64_t seconds);

}  // namespace cli

// One request to an HTTP service, and its answer.
#pragma once

#include <chrono>
#include <cstdint>

#include "cli/http/address.h"
#include "cli/http/message.h"
#include "ledger/base/error.h"

namespace cli::http {

struct ClientLimits {
  std::uint64_t answer_bytes_max = std::uint64_t{1} << 20;
  // From the first step to connect until the whole answer is there. How long the system takes to
  // look up a name is its own affair.
  std::chrono::milliseconds time_max{5'000};
};

// Sends `request`, whose target goes behind the prefix of `address`. Any status is an answer.
// Fails with `unavailable` when there is none in time. Several threads may call it at once.
ledger::Result<Answer> send(const WebAddress& address, const Request& request,
                            const ClientLimits& limits = {});

}  // namespace cli::http

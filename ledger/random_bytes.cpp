#include "ledger/random_bytes.h"

#include <sys/random.h>

#include <cerrno>

#include "ledger/base/check.h"

namespace ledger {

void fill_random(std::span<std::byte> bytes) {
  while (!bytes.empty()) {
    const auto got = ::getrandom(bytes.data(), bytes.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    check(got > 0, "the system gives random bytes");
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
}

}  // namespace ledger

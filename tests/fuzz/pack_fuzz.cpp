// Packs come from outside and are parsed on the writer's thread: no text may harm it.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "ledger/base/check.h"
#include "projections/policy/pack.h"

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer looks for this name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto pack = projections::policy::parse_pack(text);
  if (!pack) {
    ledger::check(pack.error().code == ledger::ErrorCode::invalid, "a bad pack is invalid input");
    return 0;
  }
  ledger::check(pack->effective_from <= pack->effective_to, "a pack's range runs forward");
  return 0;
}

// A checkpoint has one spelling: what is read writes back the same.
#include "ledger/base/check.h"
#include "ledger/proof/checkpoint.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace ledger::proof;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto checkpoint = parse_checkpoint(text)) {
    ledger::check(format(*checkpoint) == text, "a checkpoint writes back as it was read");
  }
  return 0;
}

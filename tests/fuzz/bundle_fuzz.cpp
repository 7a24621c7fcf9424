// A bundle is taken apart in one way only. The first byte is its width, less one.
#include <algorithm>
#include <span>

#include "ledger/base/check.h"
#include "ledger/proof/bundle.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace ledger::proof;
  if (size == 0) return 0;
  const auto bytes = std::as_bytes(std::span(data + 1, size - 1));
  const auto width = std::uint32_t{data[0]} + 1;
  if (const auto entries = parse_bundle(bytes, width)) {
    std::vector<std::byte> written;
    for (const auto entry : *entries) append_to_bundle(entry, written);
    ledger::check(entries->size() == width &&
                      std::equal(written.begin(), written.end(), bytes.begin(), bytes.end()),
                  "a bundle writes back as it was read");
  }
  return 0;
}

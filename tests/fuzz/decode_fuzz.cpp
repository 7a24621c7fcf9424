// Any bytes are refused, or can be read and printed as one line of JSON.
#include "ledger/base/check.h"
#include "ledger/json_reader.h"
#include "tests/ledger/outside_form.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ledger::test::OwnedEntry owned(std::as_bytes(std::span(data, size)));
  const auto entry = owned.decode();
  if (!entry) return 0;
  const auto line = ledger::test::exported(*entry);
  ledger::check(!ledger::JsonReader().read(line), "whatever decodes prints as JSON");
  ledger::check(ledger::same_content(*entry, *entry), "an entry states what it states");
  return 0;
}

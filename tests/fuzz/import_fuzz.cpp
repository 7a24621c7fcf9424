// Any line is refused, or becomes an entry whose export becomes the same entry again.
#include "ledger/base/check.h"
#include "tests/ledger/outside_form.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using ledger::check;
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  auto first = ledger::test::encode(line);
  if (first.refusal) return 0;
  ledger::stamp(first.entry->bytes(), 1'488'326'400'000'000'000, -1);
  const auto entry = first.entry->decode();
  check(static_cast<bool>(entry), "what the encoder builds decodes");

  auto second = ledger::test::encode(ledger::test::exported(*entry));
  check(!second.refusal, "what is exported can be imported");
  ledger::stamp(second.entry->bytes(), 1'488'326'400'000'000'000, -1);
  const auto again = second.entry->decode();
  check(again && ledger::same_content(*entry, *again), "the export states the same");
  check(ledger::text_of(entry->bytes) == ledger::text_of(again->bytes),
        "the same content is stored as the same bytes");
  return 0;
}

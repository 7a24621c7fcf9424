// Salts that are read are written as they were, but for their order.
#include <string>

#include "ledger/author_salts.h"
#include "ledger/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using ledger::check;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const auto& rule = *ledger::catalogue().find("vehicle.registered");
  ledger::AuthorSalts salts;
  if (!salts.parse(text, rule)) return 0;
  std::string written;
  for (std::size_t place = 0; place < rule.fields.size(); ++place) {
    if (const auto* salt = salts.find(place)) {
      ledger::append_author_salt(rule.fields[place].name, *salt, written);
    }
  }
  check(written.size() == text.size(), "every salt that was read is there");
  ledger::AuthorSalts again;
  check(again.parse(written, rule), "what is written can be read");
  return 0;
}

// Rows kept beside a certificate: whatever lies in the cache is those rows or nothing.
#include "ledger/base/check.h"
#include "ledger/proof/hash.h"
#include "projections/certified_rows.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto rows = text.find("\n\n");
  if (rows == std::string_view::npos) return 0;
  // The digest that such rows would have, so that the reader gets beyond it.
  const auto digest = ledger::proof::sha256(ledger::bytes_of(text.substr(rows + 2)));
  const auto read = projections::CertifiedRows::parse(text, digest);
  if (!read) return 0;
  const auto again = projections::CertifiedRows::parse(read->text(), digest);
  ledger::check(again && !projections::first_difference(*read, *again), "rows are read as written");
  return 0;
}

// A consistency file has one spelling, and checking it never goes astray.
#include "ledger/base/check.h"
#include "ledger/proof/consistency_file.h"
#include "ledger/proof/merkle.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace ledger::proof;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const VerifierKey log =
      *VerifierKey::parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  if (const auto proof = parse_consistency_file(text)) {
    ledger::check(format(*proof) == text, "a consistency file writes back as it was read");
    (void)check_consistency(*proof, {proof->old_size, ledger::Hash{}}, log, log.name());
    // Without the signature, so that the climb itself is reached.
    const TreeHead newer{ledger::TreeSize{~proof->old_size.value}, ledger::Hash{}};
    (void)verify_consistency({proof->old_size, ledger::Hash{}}, newer, proof->hashes);
  }
  return 0;
}

// A proof file has one spelling, and checking it never goes astray.
#include "ledger/base/check.h"
#include "ledger/proof/proof_file.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace ledger::proof;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const VerifierKey log =
      *VerifierKey::parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  if (const auto proof = parse_proof_file(text)) {
    ledger::check(format(*proof) == text, "a proof file writes back as it was read");
    (void)check_proof(*proof, ledger::Hash{}, log, log.name());
  }
  return 0;
}

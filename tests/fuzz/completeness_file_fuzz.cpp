// A proof of completeness has one spelling, and checking it never goes astray.
#include "ledger/base/check.h"
#include "ledger/proof/completeness_file.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace ledger::proof;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const VerifierKey log =
      *VerifierKey::parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  if (const auto file = parse_completeness_file(text)) {
    ledger::check(format(*file) == text, "a proof of completeness writes back as it was read");
    (void)check_completeness(*file, log, log.name());
    // Without the signatures in the way, the path itself.
    (void)verify_mentions(file->id, file->indexes, file->proof, ledger::Hash{});
  }
  return 0;
}

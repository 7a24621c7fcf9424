// A note has one spelling, and nobody but the key can sign for it.
#include "ledger/base/check.h"
#include "ledger/proof/note.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace ledger::proof;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const VerifierKey known =
      *VerifierKey::parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  static const VerifierKey witness =
      *VerifierKey::of(known.name(), known.public_key(), KeyType::cosignature);
  ledger::check(!open_note(text, std::span(&witness, 1)), "no witness has signed anything");
  if (const auto note = parse_note(text)) {
    ledger::check(format(*note) == text, "a note writes back as it was read");
  }
  if (const auto opened = open_note(text, std::span(&known, 1))) {
    ledger::check(opened->signatures.size() == 1, "a key counts once");
    ledger::check(known.verify(opened->text, opened->signatures.front()),
                  "an opened note is signed");
  }
  if (const auto key = VerifierKey::parse(text)) {
    ledger::check(key->text() == text, "a verifier key writes back as it was read");
  }
  if (const auto key = SigningKey::parse(text)) {
    ledger::check(key->text() == text, "a signing key writes back as it was read");
  }
  return 0;
}

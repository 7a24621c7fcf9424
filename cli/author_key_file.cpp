#include "cli/author_key_file.h"

#include "cli/input_file.h"

namespace cli {

namespace proof = ledger::proof;

ledger::Result<proof::SigningKey> read_signing_key(const std::string& path, Console& console) {
  auto text = TRY(read_input("--key", path, console));
  if (!text.empty() && text.back() == '\n') text.pop_back();
  auto key = naming(path, proof::SigningKey::parse(text));
  proof::ed25519::wipe(std::as_writable_bytes(std::span(text)));
  return key;
}

ledger::Result<proof::VerifierKey> read_author_key(const std::string& text_or_path,
                                                   Console& console) {
  if (const auto key = proof::VerifierKey::parse(text_or_path)) return *key;
  if (text_or_path.find('+') != std::string::npos && !text_or_path.starts_with("PRIVATE")) {
    // Meant as a key: its own error says more than that there is no such file.
    return proof::VerifierKey::parse(text_or_path);
  }
  return TRY(read_signing_key(text_or_path, console)).verifier();
}

}  // namespace cli

// The keys of signed notes (C2SP signed-note: Ed25519, and cosignature/v1 of witnesses), in the
// text forms of Go's note package.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/proof/ed25519.h"

namespace ledger::proof {

// What a key signs, by the byte that stands for it in key ids and texts.
enum class KeyType : std::uint8_t {
  ed25519 = 0x01,      // the text of a note
  cosignature = 0x04,  // cosignature/v1: the text and the time at which a witness saw it
};

// The first four bytes, big-endian, of SHA-256(name ‖ 0x0A ‖ type ‖ public key): tells
// keys of one name apart; proves nothing by itself.
using KeyId = Strong<struct KeyIdTag, std::uint32_t>;

// Whether a key may have that name: UTF-8, not empty, no control character, Unicode space
// or plus sign.
bool is_key_name(std::string_view name);

// One line of signature under a note: who claims to have signed, and the bytes they gave.
struct Signature {
  std::string name;
  KeyId key;
  std::vector<std::byte> bytes;
};

// When a cosignature says that it was made, in seconds since 1970; nothing for bytes that
// do not have the length of a cosignature. Proven only once the signature is verified.
std::optional<std::uint64_t> cosigned_at(const Signature& signature);

// A key that checks signatures. A plain value, safe to share.
class VerifierKey {
 public:
  // Reads `name+hex8(id)+base64(type ‖ public key)`. Fails with `invalid`, naming what
  // is wrong: the spelling, the name, an unknown type, an id of another key.
  static Result<VerifierKey> parse(std::string_view text);
  // Fails with `invalid` for a name that no key may have.
  static Result<VerifierKey> of(std::string_view name, const ed25519::PublicKey& key,
                                KeyType type = KeyType::ed25519);

  const std::string& name() const { return name_; }

  KeyType type() const { return type_; }

  KeyId id() const { return id_; }

  const ed25519::PublicKey& public_key() const { return key_; }

  std::string text() const;
  // Whether a signature claims to be by this key.
  bool claimed_by(const Signature& signature) const;
  // Whether it is, over the text of a note.
  bool verify(std::string_view text, const Signature& signature) const;

 private:
  VerifierKey(std::string_view name, const ed25519::PublicKey& key, KeyType type);
  std::string name_;
  KeyType type_;
  KeyId id_;
  ed25519::PublicKey key_;
};

// A key that signs: a secret. Wiped when it goes.
class SigningKey {
 public:
  // Reads `PRIVATE+KEY+name+hex8(id)+base64(0x01 ‖ seed)`. Fails with `invalid`; the
  // message never shows the text.
  static Result<SigningKey> parse(std::string_view text);
  // Makes the key of a seed, 32 bytes of true randomness. Fails with `invalid` for a name
  // that no key may have.
  static Result<SigningKey> of(std::string_view name, const ed25519::Seed& seed);

  ~SigningKey();
  SigningKey(const SigningKey&) = default;
  SigningKey& operator=(const SigningKey&) = default;

  const VerifierKey& verifier() const { return verifier_; }

  // The secret, as it is kept in a file.
  std::string text() const;
  Signature sign(std::string_view message) const;

 private:
  SigningKey(VerifierKey verifier, const ed25519::Seed& seed);
  VerifierKey verifier_;
  ed25519::Seed seed_;
};

// The key of a witness: a secret, of another type than the key of any log. Wiped when it goes.
class CosigningKey {
 public:
  // Reads `PRIVATE+KEY+name+hex8(id)+base64(0x04 ‖ seed)`. Fails with `invalid`; the
  // message never shows the text.
  static Result<CosigningKey> parse(std::string_view text);
  // As `SigningKey::of`.
  static Result<CosigningKey> of(std::string_view name, const ed25519::Seed& seed);

  ~CosigningKey();
  CosigningKey(const CosigningKey&) = default;
  CosigningKey& operator=(const CosigningKey&) = default;

  const VerifierKey& verifier() const { return verifier_; }

  // The secret, as it is kept in a file.
  std::string text() const;
  // States that `text`, of a checkpoint, was seen at that time, in seconds since 1970.
  Signature cosign(std::string_view text, std::uint64_t seconds) const;

 private:
  CosigningKey(VerifierKey verifier, const ed25519::Seed& seed);
  VerifierKey verifier_;
  ed25519::Seed seed_;
};

}  // namespace ledger::proof

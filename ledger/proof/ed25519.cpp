#include "ledger/proof/ed25519.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include <cstdint>
#include <memory>
#include <tuple>

#include "ledger/base/check.h"

namespace ledger::proof::ed25519 {
namespace {

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }

  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

using Key = std::unique_ptr<EVP_PKEY, Free>;
using Context = std::unique_ptr<EVP_MD_CTX, Free>;

const unsigned char* octets(Bytes bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

Key private_key(const Seed& seed) {
  Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, octets(seed), seed.size()));
  check(key != nullptr, "OpenSSL takes any 32 bytes for an Ed25519 seed");
  return key;
}

Context new_context() {
  Context context(EVP_MD_CTX_new());
  check(context != nullptr, "OpenSSL has memory for a context");
  return context;
}

}  // namespace

PublicKey public_key_of(const Seed& seed) {
  PublicKey key;
  std::size_t length = key.size();
  const bool done =
      EVP_PKEY_get_raw_public_key(private_key(seed).get(),
                                  reinterpret_cast<unsigned char*>(key.data()), &length) == 1;
  check(done && length == key.size(), "OpenSSL derives an Ed25519 public key");
  return key;
}

Signature sign(const Seed& seed, Bytes message) {
  const Key key = private_key(seed);
  const Context context = new_context();
  Signature signature;
  std::size_t length = signature.size();
  const bool done =
      EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &length,
                     octets(message), message.size()) == 1;
  check(done && length == signature.size(), "OpenSSL signs by Ed25519");
  return signature;
}

bool verify(const PublicKey& key, Bytes message, Bytes signature) {
  if (signature.size() != std::tuple_size_v<Signature>) return false;
  const Key loaded(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, octets(key), key.size()));
  check(loaded != nullptr, "OpenSSL takes any 32 bytes for an Ed25519 public key");
  const Context context = new_context();
  const bool valid =
      EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, loaded.get()) == 1 &&
      EVP_DigestVerify(context.get(), octets(signature), signature.size(), octets(message),
                       message.size()) == 1;
  if (!valid) ERR_clear_error();  // a refusal is an answer here, not news for the next caller
  return valid;
}

// The signature that says nothing, R the neutral point and S zero, is good over a message
// whose hash is a multiple of the order of the key: an eighth of all messages at least. There
// are few such keys, and each is good over one of these messages (tests/ledger/proof).
bool is_weak(const PublicKey& key) {
  constexpr unsigned tries = 64;
  Signature nothing{};
  nothing.front() = std::byte{1};
  for (unsigned number = 0; number < tries; ++number) {
    const std::byte message{static_cast<std::uint8_t>(number)};
    if (verify(key, {&message, 1}, nothing)) return true;
  }
  return false;
}

void wipe(std::span<std::byte> secret) {
  OPENSSL_cleanse(secret.data(), secret.size());
}

}  // namespace ledger::proof::ed25519

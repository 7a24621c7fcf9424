#include "ledger/keyed_digest.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <memory>

#include "ledger/base/check.h"

namespace ledger {
namespace {

struct Free {
  void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};

EVP_MAC_CTX* new_context() {
  EVP_MAC* const algorithm = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  check(algorithm != nullptr, "OpenSSL provides HMAC");
  EVP_MAC_CTX* const made = EVP_MAC_CTX_new(algorithm);
  EVP_MAC_free(algorithm);  // the context holds on to it
  std::string digest = "SHA2-256";
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
      OSSL_PARAM_construct_end()};
  check(made != nullptr && EVP_MAC_CTX_set_params(made, parameters) == 1,
        "OpenSSL provides HMAC-SHA-256");
  return made;
}

// One for each thread.
EVP_MAC_CTX* context() {
  thread_local const std::unique_ptr<EVP_MAC_CTX, Free> made(new_context());
  return made.get();
}

const unsigned char* octets(Bytes bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

Hash keyed_digest(const CipherKey& key, Bytes message) {
  auto* const with = context();
  Hash digest;
  std::size_t length = 0;
  const bool done = EVP_MAC_init(with, octets(key), key.size(), nullptr) == 1 &&
                    EVP_MAC_update(with, octets(message), message.size()) == 1 &&
                    EVP_MAC_final(with, reinterpret_cast<unsigned char*>(digest.data()), &length,
                                  digest.size()) == 1;
  check(done && length == digest.size(), "OpenSSL computes HMAC-SHA-256");
  return digest;
}

}  // namespace ledger

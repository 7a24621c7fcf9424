#include "ledger/cipher.h"

#include <openssl/err.h>
#include <openssl/evp.h>

#include <memory>

#include "ledger/base/check.h"
#include "ledger/random_bytes.h"

namespace ledger {
namespace {

struct Free {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

// Looked up once; never freed, since OpenSSL clears itself up at exit first.
const EVP_CIPHER* algorithm() {
  static const EVP_CIPHER* const fetched = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  check(fetched != nullptr, "OpenSSL provides AES-256-GCM");
  return fetched;
}

// One for each thread: making it costs more than a short value does.
EVP_CIPHER_CTX* context() {
  thread_local const std::unique_ptr<EVP_CIPHER_CTX, Free> made(EVP_CIPHER_CTX_new());
  check(made != nullptr, "OpenSSL has memory for a context");
  return made.get();
}

const unsigned char* octets(Bytes bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* octets(std::string& text, std::size_t at) {
  return reinterpret_cast<unsigned char*>(text.data()) + at;
}

int length_of(Bytes bytes) {
  check(bytes.size() < (std::size_t{1} << 30U), "what is sealed is short");
  return static_cast<int>(bytes.size());
}

}  // namespace

void encrypt(const CipherKey& key, Bytes plain, Bytes bound, std::string& out) {
  const auto start = out.size();
  const auto nonce = random_bytes<nonce_bytes>();
  out += text_of(nonce);
  out.resize(start + plain.size() + cipher_overhead);
  auto* const with = context();
  int length = 0;
  const bool done =
      EVP_EncryptInit_ex2(with, algorithm(), octets(key), octets(nonce), nullptr) == 1 &&
      EVP_EncryptUpdate(with, nullptr, &length, octets(bound), length_of(bound)) == 1 &&
      EVP_EncryptUpdate(with, octets(out, start + nonce_bytes), &length, octets(plain),
                        length_of(plain)) == 1 &&
      EVP_EncryptFinal_ex(with, octets(out, out.size() - tag_bytes), &length) == 1 &&
      EVP_CIPHER_CTX_ctrl(with, EVP_CTRL_AEAD_GET_TAG, static_cast<int>(tag_bytes),
                          octets(out, out.size() - tag_bytes)) == 1;
  check(done, "OpenSSL encrypts by AES-256-GCM");
}

std::optional<std::string> decrypt(const CipherKey& key, Bytes sealed, Bytes bound) {
  if (sealed.size() < cipher_overhead) return std::nullopt;
  const auto nonce = sealed.first(nonce_bytes);
  const auto hidden = sealed.subspan(nonce_bytes, sealed.size() - cipher_overhead);
  std::string tag(text_of(sealed.last(tag_bytes)));
  std::string plain(hidden.size() + 1, '\0');  // never empty, so that there is a place for it
  auto* const with = context();
  int length = 0;
  const bool whole =
      EVP_DecryptInit_ex2(with, algorithm(), octets(key), octets(nonce), nullptr) == 1 &&
      EVP_DecryptUpdate(with, nullptr, &length, octets(bound), length_of(bound)) == 1 &&
      EVP_DecryptUpdate(with, octets(plain, 0), &length, octets(hidden), length_of(hidden)) == 1 &&
      EVP_CIPHER_CTX_ctrl(with, EVP_CTRL_AEAD_SET_TAG, static_cast<int>(tag_bytes),
                          octets(tag, 0)) == 1 &&
      EVP_DecryptFinal_ex(with, octets(plain, hidden.size()), &length) == 1;
  if (!whole) {
    ERR_clear_error();  // a refusal is an answer here, not news for the next caller
    return std::nullopt;
  }
  plain.pop_back();
  return plain;
}

}  // namespace ledger

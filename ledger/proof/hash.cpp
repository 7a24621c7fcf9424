#include "ledger/proof/hash.h"

#include <openssl/evp.h>

#include <array>
#include <cstring>

#include "ledger/base/check.h"

namespace ledger::proof {
namespace {

// Looked up once: asking OpenSSL for the algorithm on every digest costs more than
// hashing a small message. Never freed, since OpenSSL clears itself up at exit first.
const EVP_MD* digest() {
  static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA2-256", nullptr);
  check(fetched != nullptr, "OpenSSL provides SHA-256");
  return fetched;
}

// The context of this thread, for messages that are hashed in one go.
Sha256& of_thread() {
  thread_local Sha256 context;
  return context;
}

}  // namespace

void Sha256::Free::operator()(evp_md_ctx_st* context) const {
  EVP_MD_CTX_free(context);
}

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  check(context_ && EVP_DigestInit_ex2(context_.get(), digest(), nullptr) == 1,
        "OpenSSL starts a SHA-256");
}

void Sha256::add(Bytes bytes) {
  check(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1,
        "OpenSSL hashes what it is given");
}

Hash Sha256::finish() {
  Hash hash;
  const bool done = EVP_DigestFinal_ex(context_.get(),
                                       reinterpret_cast<unsigned char*>(hash.data()), nullptr) == 1;
  check(done && EVP_DigestInit_ex2(context_.get(), nullptr, nullptr) == 1,
        "OpenSSL finishes a SHA-256");
  return hash;
}

Hash sha256(Bytes bytes) {
  Sha256& context = of_thread();
  context.add(bytes);
  return context.finish();
}

Hash hash_leaf(Bytes entry) {
  Sha256& context = of_thread();
  context.add(Bytes(&log_leaf_prefix, 1));
  context.add(entry);
  return context.finish();
}

Hash hash_node(const Hash& left, const Hash& right) {
  std::array<std::byte, 1 + 2 * sizeof(Hash)> message;  // one update is cheaper than three
  message[0] = log_node_prefix;
  std::memcpy(message.data() + 1, left.data(), left.size());
  std::memcpy(message.data() + 1 + left.size(), right.data(), right.size());
  return sha256(message);
}

const Hash& empty_root() {
  static const Hash root = sha256({});
  return root;
}

}  // namespace ledger::proof

#include "bench/proof_ceilings.h"

#include <openssl/evp.h>

#include <array>
#include <bit>
#include <cstring>
#include <memory>
#include <string>

#include "bench/bare_database.h"
#include "bench/stopwatch.h"
#include "ledger/base/check.h"

namespace bench {
namespace {

using ledger::Hash;

constexpr std::size_t tile_width = 256;

struct Free {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }

  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};

using Context = std::unique_ptr<EVP_MD_CTX, Free>;

// SHA-256 of nodes, straight on OpenSSL.
class Nodes {
 public:
  Nodes() : context_(EVP_MD_CTX_new()) {
    EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA2-256", nullptr);
    ledger::check(context_ && EVP_DigestInit_ex2(context_.get(), algorithm, nullptr) == 1,
                  "OpenSSL provides SHA-256");
    EVP_MD_free(algorithm);  // the context keeps it
  }

  Hash of(const Hash& left, const Hash& right) {
    std::array<std::byte, 65> message;
    message[0] = std::byte{1};
    std::memcpy(&message[1], left.data(), left.size());
    std::memcpy(&message[33], right.data(), right.size());
    Hash hash;
    const bool done =
        EVP_DigestInit_ex2(context_.get(), nullptr, nullptr) == 1 &&
        EVP_DigestUpdate(context_.get(), message.data(), message.size()) == 1 &&
        EVP_DigestFinal_ex(context_.get(), reinterpret_cast<unsigned char*>(hash.data()),
                           nullptr) == 1;
    ledger::check(done, "OpenSSL hashes what it is given");
    return hash;
  }

  // The roots of the subtrees beside the path to one hash of a full tile, which is changed.
  void siblings(std::array<Hash, tile_width>& hashes, std::size_t position, Hash& any) {
    for (std::size_t width = tile_width; width > 1; width /= 2, position /= 2) {
      const auto& sibling = hashes[position ^ 1];
      for (std::size_t i = 0; i < sibling.size(); ++i) any[i] ^= sibling[i];
      for (std::size_t i = 0; i < width / 2; ++i) {
        // The pair on the path itself is for the verifier to hash.
        if (i != position / 2) hashes[i] = of(hashes[2 * i], hashes[2 * i + 1]);
      }
    }
  }

 private:
  Context context_;
};

std::array<std::byte, 8> big_endian(std::uint64_t number) {
  std::array<std::byte, 8> bytes;
  for (unsigned i = 0; i < 8; ++i) bytes[i] = static_cast<std::byte>(number >> (56 - 8 * i));
  return bytes;
}

std::string tile_key(unsigned level, std::uint64_t number) {
  std::string key(1, static_cast<char>(level));
  return key.append(ledger::text_of(big_endian(number)));
}

}  // namespace

ledger::Result<double> prove_ceiling(const std::filesystem::path& database,
                                     const std::vector<ledger::Sequence>& indexes) {
  const auto bare = TRY(BareDatabase::read(database));
  Nodes nodes;
  Hash any{};
  std::string value;
  const auto pass = [&]() -> ledger::Status {
    for (const auto index : indexes) {
      const std::unique_ptr<rocksdb::Iterator> frame(
          bare->db->NewIterator({}, bare->tables[bare_frames]));
      frame->SeekForPrev(slice_of(big_endian(index.value)));
      TRY(status_of(frame->status()));
      auto position = index.value;
      for (unsigned level = 0;; ++level) {
        const auto status = bare->db->Get({}, bare->tables[bare_tree],
                                          tile_key(level, position / tile_width), &value);
        if (status.IsNotFound()) break;
        TRY(status_of(status));
        std::array<Hash, tile_width> hashes;
        std::memcpy(hashes.data(), value.data(), sizeof(hashes));
        nodes.siblings(hashes, position % tile_width, any);
        position /= tile_width;
      }
    }
    return ledger::Ok{};
  };
  TRY(pass());  // what is timed is warm
  const Stopwatch watch;
  TRY(pass());
  return watch.seconds();
}

ledger::Result<double> check_ceiling(std::uint64_t count, ledger::TreeSize size) {
  const std::array<unsigned char, 32> seed{1};
  const std::array<unsigned char, 120> message{2};
  const std::unique_ptr<EVP_PKEY, Free> key(
      EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
  std::array<unsigned char, 64> signature{};
  std::size_t length = signature.size();
  const Context signing(EVP_MD_CTX_new());
  bool good =
      EVP_DigestSignInit(signing.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
      EVP_DigestSign(signing.get(), signature.data(), &length, message.data(), message.size()) == 1;
  Nodes nodes;
  Hash hash{};
  const auto height = static_cast<unsigned>(std::bit_width(size.value));
  const Stopwatch watch;
  for (std::uint64_t i = 0; good && i < count; ++i) {
    const Context checking(EVP_MD_CTX_new());
    good = EVP_DigestVerifyInit(checking.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(checking.get(), signature.data(), length, message.data(),
                            message.size()) == 1;
    for (unsigned level = 0; level <= height; ++level) hash = nodes.of(hash, hash);
  }
  ledger::check(good, "OpenSSL signs and verifies");
  return watch.seconds();
}

}  // namespace bench

#include "ledger/proof/base64.h"

#include <openssl/evp.h>

#include <algorithm>

#include "ledger/base/check.h"

namespace ledger::proof {
namespace {

constexpr std::size_t bytes_max = std::size_t{1} << 30;  // OpenSSL counts in int

}  // namespace

std::string encode_base64(Bytes bytes) {
  check(bytes.size() < bytes_max, "base64 is written for less than 1 GiB");
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');  // OpenSSL adds a NUL
  const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                     reinterpret_cast<const unsigned char*>(bytes.data()),
                                     static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(length));
  return text;
}

std::optional<std::vector<std::byte>> decode_base64(std::string_view text) {
  if (text.size() % 4 != 0 || text.size() >= bytes_max) return std::nullopt;
  if (text.empty()) return std::vector<std::byte>{};
  std::vector<std::byte> bytes(text.size() / 4 * 3);
  const int length = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                     reinterpret_cast<const unsigned char*>(text.data()),
                                     static_cast<int>(text.size()));
  if (length < 0) return std::nullopt;
  const std::size_t padding = text.ends_with("==") ? 2 : (text.ends_with('=') ? 1 : 0);
  if (static_cast<std::size_t>(length) < padding) return std::nullopt;
  bytes.resize(static_cast<std::size_t>(length) - padding);

  // OpenSSL forgives spaces, misplaced padding and stray low bits; two spellings of one
  // signature or hash are not for a log.
  if (encode_base64(bytes) != text) return std::nullopt;
  return bytes;
}

std::optional<Hash> decode_hash(std::string_view text) {
  const auto bytes = decode_base64(text);
  if (!bytes || bytes->size() != std::tuple_size_v<Hash>) return std::nullopt;
  Hash hash;
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  return hash;
}

}  // namespace ledger::proof

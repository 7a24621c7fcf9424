#include "ledger/checksum.h"

#include <xxhash.h>

namespace ledger {

std::uint64_t checksum(Bytes bytes) {
  return XXH3_64bits(bytes.data(), bytes.size());
}

void PairSum::add(std::string_view key, std::uint64_t value) {
  const auto [low, high] = term(key, value);
  low_ += low;
  high_ += high;
}

void PairSum::subtract(std::string_view key, std::uint64_t value) {
  const auto [low, high] = term(key, value);
  low_ -= low;
  high_ -= high;
}

void PairSum::add(const PairSum& other) {
  low_ += other.low_;
  high_ += other.high_;
}

// The value goes in by way of the seed, so that no buffer is needed to join the two.
PairSum::Term PairSum::term(std::string_view key, std::uint64_t value) const {
  const auto inner = XXH3_64bits_withSeed(&value, sizeof value, seed_);
  const auto hash = XXH3_128bits_withSeed(key.data(), key.size(), inner);
  return {hash.low64, hash.high64};
}

}  // namespace ledger

#include "ledger/checksum.h"

// A call into the library costs a third of the time that a key or a small event takes. Its choice
// of wider instructions for larger ones (xxh_x86dispatch.h) leaves the processor in a state in
// which those for SHA-256 take twice as long: verify lost a fifth.
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace ledger {

namespace {

// Spreads neighbours over all 64 bits: the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
std::uint64_t mixed(std::uint64_t bits) {
  bits = (bits ^ bits >> 30U) * 0xBF58476D1CE4E5B9U;
  bits = (bits ^ bits >> 27U) * 0x94D049BB133111EBU;
  return bits ^ bits >> 31U;
}

}  // namespace

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
  const auto hash = XXH3_128bits_withSeed(key.data(), key.size(), mixed(seed_ + value));
  return {hash.low64, hash.high64};
}

}  // namespace ledger

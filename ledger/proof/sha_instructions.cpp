#include "ledger/proof/sha_instructions.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#else
#include "ledger/base/check.h"
#endif

namespace ledger::proof {

Hash ShaState::digest() const {
  constexpr std::array<std::size_t, 8> places{3, 2, 7, 6, 1, 0, 5, 4};  // of A to H
  Hash hash;
  auto byte = hash.begin();
  for (const auto place : places) {
    for (const auto shift : {24U, 16U, 8U, 0U}) {
      *byte++ = static_cast<std::byte>(words[place] >> shift & 0xFF);
    }
  }
  return hash;
}

#if defined(__x86_64__)

namespace {

// Section 4.2.2.
alignas(16) constexpr std::array<std::uint32_t, 64> constants{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

// One message on its way through a block: its state, and the four groups of four words of the
// message schedule that the next rounds need.
struct Rounds {
  __m128i abef, cdgh;
  __m128i schedule[4];
};

__attribute__((target("sha,ssse3"), always_inline)) inline Rounds begin(const ShaState& state,
                                                                        const std::byte* block) {
  const auto big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  const auto* words = reinterpret_cast<const __m128i*>(state.words.data());
  const auto* message = reinterpret_cast<const __m128i*>(block);
  Rounds rounds{_mm_load_si128(words), _mm_load_si128(words + 1), {}};
  for (std::size_t i = 0; i < 4; ++i) {
    rounds.schedule[i] = _mm_shuffle_epi8(_mm_loadu_si128(message + i), big_endian);
  }
  return rounds;
}

// Rounds 4 · number to 4 · number + 3, and the words of the schedule that come 16 later.
__attribute__((target("sha,ssse3"), always_inline)) inline void four_rounds(Rounds& rounds,
                                                                            std::size_t number) {
  auto& [abef, cdgh, schedule] = rounds;
  auto& now = schedule[number % 4];
  const auto& next = schedule[(number + 1) % 4];
  const auto& last = schedule[(number + 3) % 4];
  const auto* constant = reinterpret_cast<const __m128i*>(constants.data()) + number;
  const auto words = _mm_add_epi32(now, _mm_load_si128(constant));
  cdgh = _mm_sha256rnds2_epu32(cdgh, abef, words);
  abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(words, 0x0e));
  if (number >= 12) return;
  const auto seven_back = _mm_alignr_epi8(last, schedule[(number + 2) % 4], 4);
  now = _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(now, next), seven_back), last);
}

__attribute__((target("sha,ssse3"), always_inline)) inline void finish(const Rounds& rounds,
                                                                       ShaState& state) {
  auto* words = reinterpret_cast<__m128i*>(state.words.data());
  _mm_store_si128(words, _mm_add_epi32(_mm_load_si128(words), rounds.abef));
  _mm_store_si128(words + 1, _mm_add_epi32(_mm_load_si128(words + 1), rounds.cdgh));
}

}  // namespace

bool has_sha_instructions() {
  static const bool has = [] {
    constexpr unsigned sha_bit = 1U << 29U;  // of EBX, leaf 7
    unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
    return __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) != 0 && (ebx & sha_bit) != 0 &&
           __builtin_cpu_supports("ssse3");
  }();
  return has;
}

__attribute__((target("sha,ssse3"))) void compress(ShaState& state, const std::byte* block) {
  auto rounds = begin(state, block);
#pragma GCC unroll 16
  for (std::size_t number = 0; number < 16; ++number) four_rounds(rounds, number);
  finish(rounds, state);
}

__attribute__((target("sha,ssse3"))) void compress(ShaState& state, const std::byte* block,
                                                   ShaState& other_state,
                                                   const std::byte* other_block) {
  auto rounds = begin(state, block);
  auto other = begin(other_state, other_block);
#pragma GCC unroll 16
  for (std::size_t number = 0; number < 16; ++number) {
    four_rounds(rounds, number);
    four_rounds(other, number);
  }
  finish(rounds, state);
  finish(other, other_state);
}

#else

bool has_sha_instructions() {
  return false;
}

void compress(ShaState& /*state*/, const std::byte* /*block*/) {
  check(false, "the processor has instructions for SHA-256");
}

void compress(ShaState& /*state*/, const std::byte* /*block*/, ShaState& /*other_state*/,
              const std::byte* /*other_block*/) {
  check(false, "the processor has instructions for SHA-256");
}

#endif

}  // namespace ledger::proof

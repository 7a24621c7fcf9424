// The records of a vault, as rows: a person's keys, and the digest of a sealed value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/cipher.h"

namespace ledger {

// What belongs to one person: random, and gone when the person is erased.
struct PersonKeys {
  CipherKey sealing;
  CipherKey comparing;  // of the digests by which a value is known again
};

// What a vault knows of a person: nothing, their keys, or that they were destroyed.
struct Person {
  enum class State { unknown, live, erased };

  State state = State::unknown;
  PersonKeys keys{};              // of a live one
  std::optional<Hash> name = {};  // of one who is known by name: its digest
};

// Where a sealed value lies: which entry, and which field of its payload.
struct ValuePlace {
  Sequence index;
  std::uint16_t slot;
};

inline constexpr std::string_view person_rows = "p";
inline constexpr std::string_view digest_rows = "d";

std::string person_key(std::string_view person);
std::string digest_key(std::string_view person, ValuePlace place);
// The person whom a row of either kind is about. Requires a key of one of the two.
std::string_view person_of_row(std::string_view key);

// The value of a person's row; the keys in it are wrapped by `wrapping`.
std::string person_value(const CipherKey& wrapping, std::string_view person, const Person& live);
// What stands in the place of an erased person.
inline constexpr std::string_view erased_value{};
// Fails with `corrupt`.
Result<Person> read_person(const CipherKey& wrapping, std::string_view person,
                           std::string_view value);

}  // namespace ledger

#include "ledger/vault_record.h"

#include <array>
#include <cstring>

#include "ledger/base/check.h"
#include "ledger/base/message.h"
#include "ledger/byte_order.h"

namespace ledger {
namespace {

constexpr std::size_t wrapped_bytes = 2 * sizeof(CipherKey) + cipher_overhead;
constexpr std::size_t place_bytes = 1 + sizeof(std::uint64_t) + sizeof(std::uint16_t);

}  // namespace

std::string person_key(std::string_view person) {
  return std::string(person_rows) + std::string(person);
}

// No person's id holds a zero byte, so none is the beginning of another's rows.
std::string digest_key(std::string_view person, ValuePlace place) {
  std::string key(digest_rows);
  key += person;
  key += '\0';
  key += text_of(big_endian(place.index.value));
  key += static_cast<char>(place.slot >> 8U);
  key += static_cast<char>(place.slot & 0xFFU);
  return key;
}

std::string_view person_of_row(std::string_view key) {
  const bool digest = key.starts_with(digest_rows);
  check(key.size() > (digest ? place_bytes : 0), "a row of the vault is about a person");
  key.remove_prefix(1);
  if (digest) key.remove_suffix(place_bytes);
  return key;
}

std::string person_value(const CipherKey& wrapping, std::string_view person, const Person& live) {
  std::array<std::byte, 2 * sizeof(CipherKey)> both;
  std::memcpy(both.data(), live.keys.sealing.data(), sizeof(CipherKey));
  std::memcpy(both.data() + sizeof(CipherKey), live.keys.comparing.data(), sizeof(CipherKey));
  std::string value;
  encrypt(wrapping, both, bytes_of(person), value);
  if (live.name) value += text_of(*live.name);
  return value;
}

Result<Person> read_person(const CipherKey& wrapping, std::string_view person,
                           std::string_view value) {
  if (value == erased_value) return Person{Person::State::erased};
  const auto damaged = [person] {
    return Error{ErrorCode::corrupt,
                 worded("the vault's record of {} is damaged: keep it, and put the newest copy of "
                        "the vault in its place",
                        "保险库中 {} 的记录已损坏：请予保留，并换上保险库的最新副本", person)};
  };
  const bool named = value.size() == wrapped_bytes + sizeof(Hash);
  if (!named && value.size() != wrapped_bytes) return damaged();
  const auto keys = decrypt(wrapping, bytes_of(value.substr(0, wrapped_bytes)), bytes_of(person));
  if (!keys) return damaged();
  Person live{Person::State::live};
  std::memcpy(live.keys.sealing.data(), keys->data(), sizeof(CipherKey));
  std::memcpy(live.keys.comparing.data(), keys->data() + sizeof(CipherKey), sizeof(CipherKey));
  if (named) std::memcpy(live.name.emplace().data(), value.data() + wrapped_bytes, sizeof(Hash));
  return live;
}

}  // namespace ledger

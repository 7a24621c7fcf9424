#include "ledger/sealed_value.h"

#include <cstring>
#include <tuple>

#include "ledger/keyed_digest.h"

namespace ledger {
namespace {

constexpr std::size_t salt_bytes = std::tuple_size_v<PersonalSalt>;

// No source holds a '#', and none of these a line end, so no two places read alike.
std::string place_of(std::string_view use, const schema::Event& event, std::string_view field) {
  std::string text(use);
  text += '\n';
  text += event.source()->string_view();
  text += '#';
  text += event.id()->string_view();
  text += '\n';
  text += field;
  text += '\n';
  return text;
}

}  // namespace

void seal_value(const PersonKeys& keys, const schema::Event& event, std::string_view field,
                const OpenedValue& value, std::string& out) {
  std::string plain(text_of(value.salt));
  plain += value.value;
  encrypt(keys.sealing, bytes_of(plain), bytes_of(place_of("tally-personal/v1", event, field)),
          out);
}

std::optional<OpenedValue> open_value(const PersonKeys& keys, const schema::Event& event,
                                      std::string_view field, const schema::Personal& sealed) {
  const auto& stored = *sealed.ciphertext();
  const auto plain = decrypt(keys.sealing, std::as_bytes(std::span(stored.data(), stored.size())),
                             bytes_of(place_of("tally-personal/v1", event, field)));
  if (!plain || plain->size() < salt_bytes) return std::nullopt;
  OpenedValue opened{{}, plain->substr(salt_bytes)};
  std::memcpy(opened.salt.data(), plain->data(), salt_bytes);
  return opened;
}

Hash value_digest(const PersonKeys& keys, const schema::Event& event, std::string_view field,
                  std::string_view value) {
  auto message = place_of("tally-same/v1", event, field);
  message += value;
  return keyed_digest(keys.comparing, bytes_of(message));
}

Hash name_digest(const PersonKeys& keys, std::string_view dealer, std::string_view name) {
  std::string message("tally-name/v1\n");
  message += dealer;
  message += '\n';
  message += name;
  return keyed_digest(keys.comparing, bytes_of(message));
}

}  // namespace ledger

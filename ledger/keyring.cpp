#include "ledger/keyring.h"

#include <charconv>
#include <cstring>
#include <optional>
#include <string_view>

#include "ledger/durable_file.h"
#include "ledger/proof/base64.h"
#include "ledger/proof/text.h"

namespace ledger {
namespace {

constexpr std::string_view first_line = "tally-vault/v1\n";

// Three lines that anyone may read and nobody may change, since the key is bound to them.
std::string head_of(std::string_view origin, std::uint64_t generation) {
  return std::string(first_line) + std::string(origin) + "\n" + std::to_string(generation) + "\n";
}

Error damaged(const std::filesystem::path& file) {
  return {ErrorCode::corrupt, file.string() +
                                  " is no keyring of a vault: wanted tally-vault/v1, an origin, a "
                                  "generation and a wrapped key, a line each. Put it back from the "
                                  "newest copy of the vault, together with its folder"};
}

}  // namespace

Result<Keyring> read_keyring(const std::filesystem::path& file, const VaultKey& key) {
  const auto content = TRY(read_file(file));
  std::string_view text = content;
  if (!text.starts_with(first_line)) return damaged(file);
  text.remove_prefix(first_line.size());
  const auto origin = proof::take_line(text);
  const auto number = proof::take_line(text);
  const auto wrapped = proof::take_line(text);
  if (!origin || !number || !wrapped || !text.empty()) return damaged(file);
  Keyring keyring{std::string(*origin), 0, {}};
  const auto [end, code] =
      std::from_chars(number->data(), number->data() + number->size(), keyring.generation);
  const auto bytes = proof::decode_base64(*wrapped);
  if (code != std::errc{} || end != number->data() + number->size() || !bytes) return damaged(file);
  const auto head = head_of(keyring.origin, keyring.generation);
  const auto opened = decrypt(key.bytes, *bytes, bytes_of(head));
  if (!opened || opened->size() != keyring.wrapping.size()) {
    return Error{ErrorCode::unavailable,
                 "the vault key that was given does not open " + file.string() +
                     ": it is the key of another vault, or the file was changed. Nothing was "
                     "written; give the key that `tally init --vault` made for this ledger"};
  }
  std::memcpy(keyring.wrapping.data(), opened->data(), opened->size());
  return keyring;
}

Status replace_keyring(const std::filesystem::path& file, const Keyring& keyring,
                       const VaultKey& key) {
  auto text = head_of(keyring.origin, keyring.generation);
  std::string wrapped;
  encrypt(key.bytes, keyring.wrapping, bytes_of(text), wrapped);
  text += proof::encode_base64(bytes_of(wrapped)) + "\n";
  return replace_file(file, text, FileAccess::owner_only);
}

}  // namespace ledger

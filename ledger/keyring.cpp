#include "ledger/keyring.h"

#include <charconv>
#include <cstring>
#include <optional>
#include <string_view>

#include "ledger/base/message.h"
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
  return {
      ErrorCode::corrupt,
      worded("{} is no keyring of a vault: wanted tally-vault/v1, an origin, a generation and a "
             "wrapped key, a line each. Put it back from the newest copy of the vault, together "
             "with its folder",
             "{} 不是保险库的密钥加密密钥文件：应为 tally-vault/v1、日志名称、代次与封装的密钥，"
             "各占一行。请从保险库的最新副本中连同其文件夹一并放回",
             file.string())};
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
                 worded("the vault key that was given does not open {}: it is the key of another "
                        "vault, or the file was changed. Nothing was written; give the key that "
                        "`tally init --vault` made for this ledger",
                        "给出的保险库密钥打不开 {}：它是另一保险库的密钥，或该文件已被改动。"
                        "未写入任何内容；请给出 `tally init --vault` 为本账本生成的密钥",
                        file.string())};
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

#include "ledger/vault_key.h"

#include <sys/stat.h>

#include <array>
#include <cstring>

#include "ledger/base/message.h"
#include "ledger/durable_file.h"
#include "ledger/random_bytes.h"
#include "ledger/spelling.h"

namespace ledger {
namespace {

constexpr mode_t others = 077;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  const auto first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

}  // namespace

Result<VaultKey> parse_vault_key(std::string_view text, std::string_view where) {
  std::array<std::uint8_t, sizeof(CipherKey)> read{};
  if (!read_hex(trimmed(text), read)) {
    return Error{
        ErrorCode::unavailable,
        worded("{} holds no vault key: wanted 64 lower-case hex digits, as `tally init --vault` "
               "writes them",
               "{} 中没有保险库密钥：应为 64 位小写十六进制数字，如 `tally init --vault` 所写",
               where)};
  }
  VaultKey key;
  std::memcpy(key.bytes.data(), read.data(), read.size());
  return key;
}

Result<VaultKey> read_vault_key(const std::filesystem::path& file) {
  struct stat status {};

  if (::stat(file.c_str(), &status) == 0 && (status.st_mode & others) != 0) {
    return Error{ErrorCode::unavailable,
                 worded("others than its owner may use {}, the key of the vault; take that from "
                        "them with chmod 600",
                        "{} 是保险库的密钥，而所有者以外的人也可使用；请用 chmod 600 收回其权限",
                        file.string())};
  }
  return parse_vault_key(TRY(read_file(file)), file.string());
}

Result<VaultKey> make_vault_key(const std::filesystem::path& file) {
  const VaultKey key{random_bytes<sizeof(CipherKey)>()};
  std::string text;
  append_hex(std::span(reinterpret_cast<const std::uint8_t*>(key.bytes.data()), key.bytes.size()),
             text);
  TRY(create_file(file, text + "\n", FileAccess::owner_only));
  return key;
}

}  // namespace ledger

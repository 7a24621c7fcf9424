#include "cli/vault_access.h"

#include <cstdlib>
#include <string>

#include "ledger/config.h"
#include "ledger/open_ledger.h"

namespace cli {
namespace {

std::optional<std::string> environment(const char* name) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): read before any thread starts.
  const char* const value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return value;
}

constexpr const char* file_variable = "TALLY_VAULT_KEY_FILE";
constexpr const char* key_variable = "TALLY_VAULT_KEY";

}  // namespace

ledger::Result<std::optional<ledger::VaultKey>> vault_key() {
  if (const auto file = environment(file_variable)) {
    auto key = ledger::read_vault_key(*file);
    if (key) return std::optional(*key);
    auto error = std::move(key).error();
    error.code = ledger::ErrorCode::unavailable;
    error.message = ledger::worded("{}: {}", "{}：{}", file_variable, error.message);
    return error;
  }
  if (const auto text = environment(key_variable)) {
    return std::optional(TRY(ledger::parse_vault_key(*text, key_variable)));
  }
  return std::optional<ledger::VaultKey>();
}

ledger::Result<ledger::VaultKey> first_vault_key(Console& console) {
  const auto file = environment(file_variable);
  std::error_code ignored;
  if (file && !std::filesystem::exists(*file, ignored)) {
    auto key = TRY(ledger::make_vault_key(*file));
    console.note(
        "The key of the vault is in {0}. Keep a copy of it apart from the backups of the ledger: "
        "without it no personal value can be read again.",
        "保险库的密钥在 {0}。请另存一份，且不要与账本备份放在一起：没有它，个人数据再也读不出来。",
        *file);
    return key;
  }
  auto key = TRY(vault_key());
  if (key) return *key;
  return ledger::Error{
      ledger::ErrorCode::unavailable,
      console.text("--vault: no key of a vault was given. Nothing was made; name in "
                   "TALLY_VAULT_KEY_FILE a file that holds one, or one that is not there yet and "
                   "will be made",
                   "--vault：没有给出保险库的密钥，未建立任何内容。请用 TALLY_VAULT_KEY_FILE "
                   "指定存放密钥的文件；文件尚不存在则会新建")};
}

ledger::Result<std::optional<ledger::VaultKey>> vault_key_for(
    const std::filesystem::path& directory) {
  // What is wrong with a config is told by whoever opens the ledger.
  const auto config = ledger::read_config(ledger::LedgerPaths(directory).config);
  if (!config || !config->sealed) return std::optional<ledger::VaultKey>();
  return vault_key();
}

ledger::Result<Disclosure> Disclosure::open(const ledger::Reader& whole) {
  Disclosure disclosure;
  if (!whole.is_sealed()) return disclosure;
  const auto key = TRY(vault_key());
  if (!key) return disclosure;
  disclosure.vault_ = TRY(whole.vault(key));
  disclosure.unsealer_ = std::make_unique<ledger::Unsealer>(*disclosure.vault_, whole);
  return disclosure;
}

ledger::Result<ledger::Entry> Disclosure::show(const ledger::Entry& stored) {
  if (!unsealer_) return stored;
  return unsealer_->open(stored);
}

}  // namespace cli

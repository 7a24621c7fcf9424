#include "cli/init.h"

#include "cli/json_line.h"
#include "cli/vault_access.h"
#include "ledger/log.h"
#include "ledger/open_ledger.h"
#include "ledger/proof/key.h"

namespace cli {
namespace {

// A name for the signing key when none is given: that of the directory, so that the
// ledgers of one machine differ, with a dash for whatever a key's name cannot have.
std::string default_origin(const std::filesystem::path& directory) {
  auto name = std::filesystem::absolute(directory).lexically_normal();
  if (name.filename().empty()) name = name.parent_path();
  auto origin = "tally.local/" + name.filename().string();
  if (ledger::proof::is_key_name(origin)) return origin;
  for (char& c : origin) {
    const bool plain = c > ' ' && c < 0x7F && c != '+';
    if (!plain) c = '-';
  }
  return origin;
}

ledger::Result<Exit> run_init(const Arguments& arguments, Console& console) {
  const auto given = arguments.text("--origin");
  if (given && !ledger::proof::is_key_name(*given)) {
    console.error(console.text(
        "--origin: got {:?}, wanted at least one character and no space, plus or control "
        "character.",
        "--origin：得到 {:?}，应至少有一个字符，且不含空格、加号与控制字符。", *given));
    return Exit::usage;
  }
  const auto origin = given.value_or(default_origin(arguments.data));
  std::optional<ledger::VaultKey> vault_key;
  if (arguments.has("--vault")) vault_key = TRY(first_vault_key(console));
  const auto key = TRY(ledger::Log::create(arguments.data, origin, vault_key));
  const auto vault = ledger::LedgerPaths(arguments.data).vault.string();
  if (arguments.json) {
    console.write(json_line([&](auto& object) {
      object.text("data", arguments.data.string()).text("origin", origin).text("verifier_key", key);
      if (vault_key) object.text("vault", vault);
    }));
    return Exit::done;
  }
  console.note(
      "An empty ledger is in {}. Whoever holds this verifier key can check its signatures:",
      "空账本已建立于 {}。持有下面的验证公钥者即可核对其签名：", arguments.data.string());
  console.write(key + "\n");
  if (vault_key) {
    console.note("What names a person will be sealed; the keys are in {}.",
                 "涉及个人的内容将密封存储，密钥在 {}。", vault);
  }
  return Exit::done;
}

}  // namespace

Command init_command() {
  return {
      .name = "init",
      .summary = {"Make an empty ledger and its signing key", "新建空账本及其签名密钥"},
      .details =
          {"Makes the directory, an empty log and an Ed25519 signing key (mode 0600), and "
           "prints the verifier key to hand to auditors. Refuses a directory that already "
           "holds a ledger. With --vault what names a natural person is stored sealed, under keys "
           "that lie beside the ledger in DIR-vault; `tally erase` destroys them.",
           "新建目录、空日志和一把 Ed25519 签名密钥（权限 0600），并输出交给审计方的验证公钥。"
           "目录中已有账本时拒绝执行。用 --vault "
           "时，涉及自然人的内容以密钥密封存储，密钥在账本旁的 "
           "目录-vault 中，`tally erase` 可将其销毁。"},
      .example = {"tally init --data tally-data --origin ledger.example/fleet-2017",
                  "TALLY_VAULT_KEY_FILE=vault.key tally init --vault"},
      .options = {{"--origin",
                   "NAME",
                   ValueKind::text,
                   {"The name under which the log signs: no spaces, no + (else tally.local/ and "
                    "the directory's name)",
                    "日志签名所用的名称：不含空格与 +（默认 tally.local/ 加目录名）"}},
                  {"--vault",
                   "",
                   ValueKind::flag,
                   {"Seal what names a person; the vault's key is in the file that "
                    "TALLY_VAULT_KEY_FILE names, made if it is not there, or in TALLY_VAULT_KEY",
                    "密封涉及个人的内容；保险库的密钥在 TALLY_VAULT_KEY_FILE 所指的文件中（不存在则"
                    "新建），或在 TALLY_VAULT_KEY 中"}}},
      .run = run_init,
  };
}

}  // namespace cli

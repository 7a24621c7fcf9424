#include "ledger/open_ledger.h"

#include <system_error>

#include "ledger/base/message.h"
#include "ledger/durable_file.h"
#include "ledger/proof/prover.h"
#include "ledger/stored_tree.h"

namespace ledger {
namespace {

Result<Head> read_head(const Store& store) {
  const auto format = TRY(store.get(Table::meta, bytes_of("format")));
  if (format != ledger_format) {
    return Error{
        ErrorCode::corrupt,
        worded("the database has format {}, wanted 1; use the version of tally that made it",
               "数据库的格式为 {}，应为 1；请使用建立它的 tally 版本",
               format ? Message(*format) : Message("(none)", "（无）"))};
  }
  const auto head = TRY(store.get(Table::meta, bytes_of("head")));
  if (!head) {
    return Error{ErrorCode::corrupt,
                 worded("the database has no record of the log's head; keep this directory as "
                        "evidence and restore a backup",
                        "数据库中没有日志头的记录；请保留此目录作为证据并恢复备份")};
  }
  return Head::parse(bytes_of(*head));
}

Error not_the_log(const Message& what) {
  return {
      ErrorCode::corrupt,
      worded("{}. Entries that were signed are gone or changed: keep this directory as evidence, "
             "compare with a witness or a published checkpoint, and restore the newest backup",
             "{}。已签名的条目缺失或被改动：请保留此目录作为证据，"
             "与见证方或已发布的检查点比对，并恢复最新备份",
             what)};
}

}  // namespace

std::filesystem::path LedgerPaths::beside(const std::filesystem::path& root) {
  std::error_code ignored;
  auto path = std::filesystem::absolute(root, ignored).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  path += "-vault";
  return path;
}

Result<std::shared_ptr<OpenLedger>> open_ledger(const std::filesystem::path& directory,
                                                Store::Mode mode) {
  const LedgerPaths paths(directory);
  std::error_code code;
  if (!std::filesystem::exists(paths.config, code)) {
    if (code) {
      return Error{ErrorCode::unavailable,
                   worded("cannot look into {}: {}; check the permissions",
                          "无法查看 {}：{}；请检查权限", directory.string(), code.message())};
    }
    std::error_code ignored;
    for (const auto& left : {paths.database, paths.high_water}) {
      if (!std::filesystem::exists(left, ignored)) continue;
      const auto what = worded("{} is missing, though {} is there", "缺少 {}，而 {} 尚在",
                               paths.config.string(), left.string());
      if (std::filesystem::exists(paths.high_water, ignored)) return not_the_log(what);
      // As a power cut in the middle of making it leaves a ledger.
      return not_the_log(worded(
          "{}, but no high-water checkpoint. If `tally init` was cut short, nothing was ever "
          "recorded here: remove the directory and make it again. If not, this is no accident",
          "{}，且没有最高水位检查点。若 `tally init` 中途被打断，则此处从未记录过任何内容："
          "请删除该目录后重新建立。若非如此，则绝非偶然",
          what));
    }
    return Error{ErrorCode::not_found,
                 worded("there is no ledger in {}; make one with `tally init`",
                        "{} 中没有账本；可用 `tally init` 新建", directory.string())};
  }
  auto config = TRY(read_config(paths.config));
  auto verifier = proof::VerifierKey::parse(config.verifier_key);
  if (!verifier) {
    return not_the_log(worded("{}: `verifier_key`: {}", "{}：`verifier_key`：{}",
                              paths.config.string(), verifier.error().message));
  }
  // Before the database: a checkpoint is written after the entries that it covers.
  auto high_water = read_file(paths.high_water);
  if (!high_water && high_water.error().code != ErrorCode::not_found) return high_water.error();
  auto store = Store::open(paths.database, mode);
  if (!store && store.error().code == ErrorCode::not_found) {
    return not_the_log(worded("the ledger's database is missing: {}", "缺少账本的数据库：{}",
                              store.error().message));
  }
  if (!store) return store.error();
  const auto head = TRY(read_head(**store));
  return std::make_shared<OpenLedger>(OpenLedger{paths, std::move(config), *std::move(verifier),
                                                 high_water ? *std::move(high_water) : "",
                                                 *std::move(store), head});
}

Result<std::unique_ptr<Vault>> open_vault(const OpenLedger& ledger,
                                          const std::optional<VaultKey>& key, Vault::Mode mode) {
  if (!key) {
    return Error{ErrorCode::unavailable,
                 worded("this ledger seals personal values, and the key of its vault was not "
                        "given. Nothing was written; name the file that holds it in "
                        "TALLY_VAULT_KEY_FILE, or put it into TALLY_VAULT_KEY",
                        "本账本密封个人数据，而没有给出其保险库的密钥。未写入任何内容；请用 "
                        "TALLY_VAULT_KEY_FILE 指定存放密钥的文件，或将其置于 TALLY_VAULT_KEY 中")};
  }
  return Vault::open(ledger.paths.vault, ledger.config.origin, *key, mode);
}

Result<proof::Checkpoint> open_high_water(const OpenLedger& ledger) {
  if (ledger.high_water.empty()) {
    return not_the_log(worded("the high-water checkpoint is missing: there is no {}",
                              "缺少最高水位检查点：没有 {}", ledger.paths.high_water.string()));
  }
  auto checkpoint =
      proof::open_checkpoint(ledger.high_water, ledger.verifier, ledger.config.origin);
  if (!checkpoint) {
    return not_the_log(worded("the high-water checkpoint is none of this ledger: {}",
                              "最高水位检查点不属于本账本：{}", checkpoint.error().message));
  }
  return checkpoint;
}

Status check_high_water(const OpenLedger& ledger) {
  const auto signed_tree = TRY(open_high_water(ledger)).tree;
  const auto& head = ledger.head;
  if (head.size() < signed_tree.size) {
    return not_the_log(worded("the log has {} entries, its high-water checkpoint {}",
                              "日志有 {} 个条目，其最高水位检查点为 {} 个", head.size().value,
                              signed_tree.size.value));
  }
  StoredTree tiles(*ledger.store);
  const auto root = head.size() == signed_tree.size ? Result<Hash>(head.frontier.root())
                                                    : proof::root_at(tiles, signed_tree.size);
  if (!root) return root.error();
  if (*root != signed_tree.root) {
    return not_the_log(
        worded("the log's root at size {} is not the one that its high-water checkpoint signs",
               "日志在规模 {} 时的根不是其最高水位检查点所签的根", signed_tree.size.value));
  }
  return Ok{};
}

Result<proof::SigningKey> read_signing_key(const OpenLedger& ledger) {
  return read_signing_key(ledger.paths, ledger.config);
}

Result<proof::SigningKey> read_signing_key(const LedgerPaths& paths, const Config& config) {
  const auto unusable = [&paths](const Message& what, ErrorCode code = ErrorCode::corrupt) {
    return Error{code,
                 worded("the signing key, {}, {}. Nothing can be signed without it: put it back "
                        "from where its copy is kept. Reading needs no key",
                        "签名密钥 {} {}。没有它就无法签名：请从保存其副本之处放回。读取不需要密钥",
                        paths.signing_key.string(), what)};
  };
  auto text = read_file(paths.signing_key);
  // A backup restored without its key is as sound as before.
  if (!text) {
    return unusable(worded("cannot be read: {}", "无法读取：{}", text.error().message),
                    ErrorCode::unavailable);
  }
  while (!text->empty() && text->back() == '\n') text->pop_back();
  auto key = proof::SigningKey::parse(*text);
  if (!key) return unusable(worded("is damaged: {}", "已损坏：{}", key.error().message));
  if (key->verifier().text() != config.verifier_key) {
    return unusable({"is another one than config.toml names", "不是 config.toml 所指的密钥"});
  }
  return *std::move(key);
}

}  // namespace ledger

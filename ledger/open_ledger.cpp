#include "ledger/open_ledger.h"

#include <system_error>

#include "ledger/durable_file.h"
#include "ledger/proof/prover.h"
#include "ledger/stored_tree.h"

namespace ledger {
namespace {

Result<Head> read_head(const Store& store) {
  const auto format = TRY(store.get(Table::meta, bytes_of("format")));
  if (format != ledger_format) {
    return Error{ErrorCode::corrupt, "the database has format " + format.value_or("(none)") +
                                         ", wanted 1; use the version of tally that made it"};
  }
  const auto head = TRY(store.get(Table::meta, bytes_of("head")));
  if (!head) {
    return Error{ErrorCode::corrupt,
                 "the database has no record of the log's head; keep this directory as evidence "
                 "and restore a backup"};
  }
  return Head::parse(bytes_of(*head));
}

Error not_the_log(const std::string& what) {
  return {ErrorCode::corrupt,
          what +
              ". Entries that were signed are gone or changed: keep this directory as evidence, "
              "compare with a witness or a published checkpoint, and restore the newest backup"};
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
      return Error{ErrorCode::unavailable, "cannot look into " + directory.string() + ": " +
                                               code.message() + "; check the permissions"};
    }
    std::error_code ignored;
    for (const auto& left : {paths.database, paths.high_water}) {
      if (!std::filesystem::exists(left, ignored)) continue;
      const auto what =
          paths.config.string() + " is missing, though " + left.string() + " is there";
      if (std::filesystem::exists(paths.high_water, ignored)) return not_the_log(what);
      // As a power cut in the middle of making it leaves a ledger.
      return not_the_log(what +
                         ", but no high-water checkpoint. If `tally init` was cut short, "
                         "nothing was ever recorded here: remove the directory and make it "
                         "again. If not, this is no accident");
    }
    return Error{ErrorCode::not_found,
                 "there is no ledger in " + directory.string() + "; make one with `tally init`"};
  }
  auto config = TRY(read_config(paths.config));
  auto verifier = proof::VerifierKey::parse(config.verifier_key);
  if (!verifier) {
    return not_the_log(paths.config.string() + ": `verifier_key`: " + verifier.error().message);
  }
  // Before the database: a checkpoint is written after the entries that it covers.
  auto high_water = read_file(paths.high_water);
  if (!high_water && high_water.error().code != ErrorCode::not_found) return high_water.error();
  auto store = Store::open(paths.database, mode);
  if (!store && store.error().code == ErrorCode::not_found) {
    return not_the_log("the ledger's database is missing: " + store.error().message);
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
                 "this ledger seals personal values, and the key of its vault was not given. "
                 "Nothing was written; name the file that holds it in TALLY_VAULT_KEY_FILE, or put "
                 "it into TALLY_VAULT_KEY"};
  }
  return Vault::open(ledger.paths.vault, ledger.config.origin, *key, mode);
}

Result<proof::Checkpoint> open_high_water(const OpenLedger& ledger) {
  if (ledger.high_water.empty()) {
    return not_the_log("the high-water checkpoint is missing: there is no " +
                       ledger.paths.high_water.string());
  }
  auto checkpoint =
      proof::open_checkpoint(ledger.high_water, ledger.verifier, ledger.config.origin);
  if (!checkpoint) {
    return not_the_log("the high-water checkpoint is none of this ledger: " +
                       checkpoint.error().message);
  }
  return checkpoint;
}

Status check_high_water(const OpenLedger& ledger) {
  const auto signed_tree = TRY(open_high_water(ledger)).tree;
  const auto& head = ledger.head;
  if (head.size() < signed_tree.size) {
    return not_the_log("the log has " + std::to_string(head.size().value) +
                       " entries, its high-water checkpoint " +
                       std::to_string(signed_tree.size.value));
  }
  StoredTree tiles(*ledger.store);
  const auto root = head.size() == signed_tree.size ? Result<Hash>(head.frontier.root())
                                                    : proof::root_at(tiles, signed_tree.size);
  if (!root) return root.error();
  if (*root != signed_tree.root) {
    return not_the_log("the log's root at size " + std::to_string(signed_tree.size.value) +
                       " is not the one that its high-water checkpoint signs");
  }
  return Ok{};
}

Result<proof::SigningKey> read_signing_key(const OpenLedger& ledger) {
  return read_signing_key(ledger.paths, ledger.config);
}

Result<proof::SigningKey> read_signing_key(const LedgerPaths& paths, const Config& config) {
  const auto unusable = [&paths](const std::string& what, ErrorCode code = ErrorCode::corrupt) {
    return Error{code, "the signing key, " + paths.signing_key.string() + ", " + what +
                           ". Nothing can be signed without it: put it back from "
                           "where its copy is kept. Reading needs no key"};
  };
  auto text = read_file(paths.signing_key);
  // A backup restored without its key is as sound as before.
  if (!text) return unusable("cannot be read: " + text.error().message, ErrorCode::unavailable);
  while (!text->empty() && text->back() == '\n') text->pop_back();
  auto key = proof::SigningKey::parse(*text);
  if (!key) return unusable("is damaged: " + key.error().message);
  if (key->verifier().text() != config.verifier_key) {
    return unusable("is another one than config.toml names");
  }
  return *std::move(key);
}

}  // namespace ledger

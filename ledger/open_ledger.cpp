#include "ledger/open_ledger.h"

#include <sys/random.h>

#include <system_error>

#include "ledger/byte_order.h"
#include "ledger/durable_file.h"
#include "ledger/proof/note.h"
#include "ledger/proof/prover.h"
#include "ledger/stored_tree.h"

namespace ledger {
namespace {

constexpr std::string_view format_version = "1";

Error failed(const std::filesystem::path& path, const std::error_code& error) {
  return {ErrorCode::unavailable,
          "cannot make " + path.string() + ": " + error.message() + "; check the permissions"};
}

Result<proof::ed25519::Seed> random_seed() {
  proof::ed25519::Seed seed;
  if (::getrandom(seed.data(), seed.size(), 0) != static_cast<ssize_t>(seed.size())) {
    return Error{ErrorCode::unavailable, "the system gives no random bytes for a signing key"};
  }
  return seed;
}

Status make_directories(const std::filesystem::path& directory, const LedgerPaths& paths) {
  std::error_code error;
  for (const auto& taken : {paths.config, paths.signing_key, paths.high_water, paths.database}) {
    if (std::filesystem::exists(taken, error)) {
      return Error{ErrorCode::conflict, "there is a ledger already: " + taken.string() +
                                            " exists; choose another directory"};
    }
  }
  std::filesystem::create_directories(directory, error);
  if (!error) std::filesystem::create_directory(paths.cache, error);
  if (error) return failed(directory, error);
  return Ok{};
}

// The records of a log without entries, and the checkpoint that is its first.
Status write_beginning(const LedgerPaths& paths, const std::string& checkpoint) {
  const auto store = TRY(Store::open(paths.database, Store::Mode::create));
  WriteGroup group(*store);
  group.put(Table::meta, bytes_of("format"), bytes_of(format_version));
  group.put(Table::meta, bytes_of("head"), Head{}.serialise());
  group.put(Table::checkpoints, big_endian(0), bytes_of(checkpoint));
  TRY(store->write(std::move(group)));
  return store->flush();
}

Result<Head> read_head(const Store& store) {
  const auto format = TRY(store.get(Table::meta, bytes_of("format")));
  if (format != format_version) {
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

Result<std::string> create_ledger(const std::filesystem::path& directory, std::string_view origin) {
  const LedgerPaths paths(directory);
  const auto seed = TRY(random_seed());
  const auto key = TRY(proof::SigningKey::of(origin, seed));
  TRY(make_directories(directory, paths));
  const auto verifier = key.verifier().text();
  const auto text =
      proof::format(proof::Checkpoint{std::string(origin), {{}, Head{}.frontier.root()}, {}});
  const auto checkpoint = proof::sign_note(text, {&key, 1});
  TRY(replace_file(paths.signing_key, key.text() + "\n", FileAccess::owner_only));
  TRY(write_beginning(paths, checkpoint));
  TRY(replace_file(paths.high_water, checkpoint, FileAccess::everyone));
  // The config comes last: a directory without it is no ledger.
  Config config{std::string(origin), verifier};
  TRY(replace_file(paths.config, config_text(config), FileAccess::everyone));
  TRY(sync_directory(directory.parent_path()));
  return verifier;
}

Result<std::shared_ptr<OpenLedger>> open_ledger(const std::filesystem::path& directory,
                                                Store::Mode mode) {
  const LedgerPaths paths(directory);
  std::error_code ignored;
  if (!std::filesystem::exists(paths.config, ignored)) {
    for (const auto& left : {paths.database, paths.high_water}) {
      if (!std::filesystem::exists(left, ignored)) continue;
      return not_the_log(paths.config.string() + " is missing, though " + left.string() +
                         " is there");
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
  const auto unusable = [&ledger](const std::string& what) {
    return Error{ErrorCode::corrupt, "the signing key, " + ledger.paths.signing_key.string() +
                                         ", " + what +
                                         ". Nothing can be signed without it: put it back from "
                                         "where its copy is kept. Reading needs no key"};
  };
  auto text = read_file(ledger.paths.signing_key);
  if (!text) return unusable("cannot be read: " + text.error().message);
  while (!text->empty() && text->back() == '\n') text->pop_back();
  auto key = proof::SigningKey::parse(*text);
  if (!key) return unusable("is damaged: " + key.error().message);
  if (key->verifier().text() != ledger.config.verifier_key) {
    return unusable("is another one than config.toml names");
  }
  return *std::move(key);
}

}  // namespace ledger

// Making a ledger.
#include <system_error>
#include <utility>
#include <vector>

#include "ledger/base/message.h"
#include "ledger/byte_order.h"
#include "ledger/durable_file.h"
#include "ledger/file_lock.h"
#include "ledger/open_ledger.h"
#include "ledger/proof/note.h"
#include "ledger/random_bytes.h"

namespace ledger {
namespace {

Error failed(const std::filesystem::path& path, const std::error_code& error) {
  return {ErrorCode::unavailable,
          worded("cannot make {}: {}; check the permissions", "无法新建 {}：{}；请检查权限",
                 path.string(), error.message())};
}

Status check_free(const LedgerPaths& paths, bool sealed) {
  std::vector<std::filesystem::path> places{paths.config, paths.signing_key, paths.high_water,
                                            paths.database};
  if (sealed) places.push_back(paths.vault);
  std::error_code ignored;
  for (const auto& taken : places) {
    if (std::filesystem::exists(taken, ignored)) {
      return Error{ErrorCode::conflict,
                   worded("there is a ledger already: {} exists; choose another directory",
                          "已有账本：{} 已存在；请另选目录", taken.string())};
    }
  }
  return Ok{};
}

// The records of a log without entries, and the checkpoint that is its first.
Status write_beginning(const LedgerPaths& paths, const std::string& checkpoint) {
  const auto store = TRY(Store::open(paths.database, Store::Mode::create));
  WriteGroup group(*store);
  group.put(Table::meta, bytes_of("format"), bytes_of(ledger_format));
  group.put(Table::meta, bytes_of("head"), Head{}.serialise());
  group.put(Table::checkpoints, big_endian(0), bytes_of(checkpoint));
  TRY(store->write(std::move(group)));
  return store->flush();
}

// A ledger in the making, in a directory where none was. What it made goes with it unless it
// was finished: half a ledger would later look like one that somebody took things from.
class Making {
 public:
  // The lock keeps others from making one there meanwhile, so that what comes to be is ours.
  static Result<Making> begin(const std::filesystem::path& directory, bool sealed) {
    std::error_code error;
    const bool made = std::filesystem::create_directories(directory, error);
    if (error) return failed(directory, error);
    auto lock = FileLock::take_folder(
        directory, worded("another process makes a ledger in {} or runs a witness there; choose "
                          "another directory, or wait until it is done",
                          "另有进程正在 {} 中新建账本或运行见证方；请另选目录，或等待其完成",
                          directory.string()));
    if (!lock) return std::move(lock).error();
    Making making(directory, made, std::move(*lock));
    auto free = check_free(making.paths_, sealed);
    if (!free) return std::move(free).error();
    making.began_ = true;
    return making;
  }

  ~Making() {
    if (directory_.empty()) return;
    std::error_code ignored;
    if (began_) clear();
    if (made_) std::filesystem::remove(directory_, ignored);
  }

  Making(Making&& from) noexcept
      : directory_(std::exchange(from.directory_, {})),
        paths_(std::move(from.paths_)),
        made_(from.made_),
        began_(from.began_),
        cache_made_(from.cache_made_),
        vault_made_(from.vault_made_),
        lock_(std::move(from.lock_)) {}

  Making& operator=(Making&&) = delete;

  // On return the ledger is there, whole and on disk.
  Status finish(const proof::SigningKey& key, const std::optional<VaultKey>& vault_key) {
    const auto& origin = key.verifier().name();
    const auto text = proof::format(proof::Checkpoint{origin, {{}, Head{}.frontier.root()}, {}});
    const auto checkpoint = proof::sign_note(text, {&key, 1});
    std::error_code error;
    cache_made_ = std::filesystem::create_directory(paths_.cache, error);
    if (error) return failed(paths_.cache, error);
    TRY(replace_file(paths_.signing_key, key.text() + "\n", FileAccess::owner_only));
    TRY(write_beginning(paths_, checkpoint));
    TRY(replace_file(paths_.high_water, checkpoint, FileAccess::everyone));
    if (vault_key) {
      TRY(Vault::create(paths_.vault, origin, *vault_key));
      vault_made_ = true;
    }
    // The config comes last: a directory without it is no ledger.
    Config config{origin, key.verifier().text()};
    config.sealed = vault_key.has_value();
    TRY(replace_file(paths_.config, config_text(config), FileAccess::everyone));
    TRY(sync_directory(directory_.parent_path()));
    directory_.clear();
    return Ok{};
  }

 private:
  Making(std::filesystem::path directory, bool made, FileLock lock)
      : directory_(std::move(directory)), paths_(directory_), made_(made), lock_(std::move(lock)) {}

  void clear() {
    std::error_code ignored;
    for (const auto& left :
         {paths_.config, paths_.high_water, paths_.database, paths_.signing_key}) {
      std::filesystem::remove_all(left, ignored);
      std::filesystem::remove(left.string() + ".new", ignored);
    }
    if (vault_made_) std::filesystem::remove_all(paths_.vault, ignored);
    if (cache_made_) std::filesystem::remove(paths_.cache, ignored);
  }

  std::filesystem::path directory_;  // empty: nothing to clear away
  LedgerPaths paths_;
  bool made_;  // the directory
  bool began_ = false;
  bool cache_made_ = false;
  bool vault_made_ = false;
  FileLock lock_;
};

}  // namespace

Result<std::string> create_ledger(const std::filesystem::path& directory, std::string_view origin,
                                  const std::optional<VaultKey>& vault_key) {
  const auto key = TRY(proof::SigningKey::of(origin, random_bytes<sizeof(proof::ed25519::Seed)>()));
  auto making = TRY(Making::begin(directory, vault_key.has_value()));
  TRY(making.finish(key, vault_key));
  return key.verifier().text();
}

}  // namespace ledger

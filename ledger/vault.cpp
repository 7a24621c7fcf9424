#include "ledger/vault.h"

#include <system_error>
#include <utility>

#include "ledger/base/message.h"
#include "ledger/durable_file.h"
#include "ledger/random_bytes.h"

namespace ledger {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t rows_a_write = 10'000;
constexpr int openings_max = 5;

fs::path keyring_in(const fs::path& directory) {
  return directory / "keyring";
}

fs::path records_in(const fs::path& directory, std::uint64_t generation) {
  return directory / ("records-" + std::to_string(generation));
}

Error failed(const Message& doing, const fs::path& path, const std::error_code& error) {
  return {ErrorCode::unavailable,
          worded("cannot {} {}: {}; check the disk and the permissions",
                 "无法{} {}：{}；请检查磁盘与权限", doing, path.string(), error.message())};
}

Error taken(const fs::path& directory) {
  return {ErrorCode::conflict,
          worded("there is something already where the vault belongs: {}; choose another directory",
                 "保险库应在之处已有内容：{}；请另选目录", directory.string())};
}

// Generations that are no more, or never came to be.
Status remove_others(const fs::path& directory, std::uint64_t generation) {
  const auto kept = records_in(directory, generation);
  std::error_code error;
  fs::directory_iterator file(directory, error);
  for (; !error && file != fs::directory_iterator(); file.increment(error)) {
    const auto path = file->path();
    if (path == kept || !path.filename().string().starts_with("records-")) continue;
    fs::remove_all(path, error);
    if (error) return failed({"remove", "删除"}, path, error);
  }
  if (error) return failed({"read", "读取"}, directory, error);
  return sync_directory(directory);
}

// Copies rows from one generation to the next.
class Rewrapping {
 public:
  Rewrapping(const Keyring& from, const Keyring& to, const Vault::Persons& without,
             VaultStore& into)
      : from_(from), to_(to), without_(without), into_(into) {}

  Status take(std::string_view key, std::string_view value) {
    const auto person = person_of_row(key);
    const bool of_person = key.starts_with(person_rows);
    if (without_.contains(person)) return Ok{};
    if (of_person && value != erased_value) {
      const auto live = TRY(read_person(from_.wrapping, person, value));
      rows_.put(std::string(key), person_value(to_.wrapping, person, live));
    } else {
      rows_.put(std::string(key), std::string(value));
    }
    if (rows_.mark() < rows_a_write) return Ok{};
    return flush();
  }

  // That they are erased is known even of persons of whom nothing was there.
  Status finish() {
    for (const auto& person : without_) rows_.put(person_key(person), std::string(erased_value));
    return flush();
  }

 private:
  Status flush() {
    TRY(into_.write(rows_));
    rows_ = {};
    return Ok{};
  }

  const Keyring& from_;
  const Keyring& to_;
  const Vault::Persons& without_;
  VaultStore& into_;
  VaultRows rows_;
};

}  // namespace

Vault::Vault(fs::path directory, VaultKey key, Keyring keyring, std::unique_ptr<VaultStore> store)
    : directory_(std::move(directory)),
      key_(key),
      keyring_(std::move(keyring)),
      store_(std::move(store)) {
}

Status Vault::create(const fs::path& directory, const std::string& origin, const VaultKey& key) {
  std::error_code error;
  if (fs::exists(directory, error)) return taken(directory);
  const auto parent = directory.parent_path();
  if (!parent.empty()) fs::create_directories(parent, error);
  // False: somebody else has just made it, and it is theirs.
  if (!error && !fs::create_directory(directory, error) && !error) return taken(directory);
  if (error) return failed({"make", "新建"}, directory, error);
  auto filled = [&]() -> Status {
    fs::permissions(directory, fs::perms::owner_all, error);
    if (error) return failed({"make", "新建"}, directory, error);
    const Keyring keyring{origin, 1, random_bytes<sizeof(CipherKey)>()};
    TRY(VaultStore::open(records_in(directory, keyring.generation), VaultStore::Mode::create));
    TRY(replace_keyring(keyring_in(directory), keyring, key));
    return sync_directory(parent);
  }();
  if (!filled) fs::remove_all(directory, error);
  return filled;
}

// A reader that finds a generation gone has met an erasure, and looks again.
Result<std::unique_ptr<Vault>> Vault::open(const fs::path& directory, const std::string& origin,
                                           const VaultKey& key, Mode mode) {
  for (int opening = 1;; ++opening) {
    auto keyring = read_keyring(keyring_in(directory), key);
    if (!keyring && keyring.error().code == ErrorCode::not_found) {
      return Error{ErrorCode::unavailable,
                   worded("this ledger seals personal values, and its vault is not there: {}. Put "
                          "the newest copy of the vault in its place",
                          "本账本密封个人数据，而其保险库不在：{}。请换上保险库的最新副本",
                          keyring.error().message)};
    }
    if (!keyring) return keyring.error();
    if (keyring->origin != origin) {
      return Error{
          ErrorCode::unavailable,
          worded(
              "{} is the vault of {}, wanted that of {}; put the vault of this ledger in its place",
              "{} 是 {} 的保险库，应为 {} 的；请换上本账本的保险库", directory.string(),
              keyring->origin, origin)};
    }
    const bool writes = mode == Mode::write;
    auto store = VaultStore::open(records_in(directory, keyring->generation),
                                  writes ? VaultStore::Mode::write : VaultStore::Mode::read);
    if (!store) {
      if (!writes && opening < openings_max) continue;
      auto error = std::move(store).error();
      if (error.code == ErrorCode::not_found) error.code = ErrorCode::unavailable;
      return error;
    }
    if (writes) TRY(remove_others(directory, keyring->generation));
    return std::unique_ptr<Vault>(
        new Vault(directory, key, *std::move(keyring), *std::move(store)));
  }
}

Result<Person> Vault::find(std::string_view person) const {
  const auto value = TRY(row(person_key(person)));
  if (!value) return Person{};
  return read(person, *value);
}

// The new keyring is the moment: before it the old generation holds, after it the old keys
// are wrapped under a key that nothing unwraps any more.
Status Vault::destroy(const Persons& persons) {
  const Keyring next{keyring_.origin, keyring_.generation + 1, random_bytes<sizeof(CipherKey)>()};
  TRY(remove_others(directory_, keyring_.generation));
  auto store =
      TRY(VaultStore::open(records_in(directory_, next.generation), VaultStore::Mode::create));
  Rewrapping rewrapping(keyring_, next, persons, *store);
  TRY(store_->each("", [&](std::string_view key, std::string_view value) {
    return rewrapping.take(key, value);
  }));
  TRY(rewrapping.finish());
  TRY(sync_directory(directory_));
  TRY(replace_keyring(keyring_in(directory_), next, key_));
  keyring_ = next;
  store_ = std::move(store);
  return remove_others(directory_, keyring_.generation);
}

}  // namespace ledger

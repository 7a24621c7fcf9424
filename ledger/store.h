// The database under a ledger: tables of bytes, atomic groups of writes, cursors. The
// only part that knows RocksDB, but for the archive of backups.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"

namespace ledger {

enum class Table : std::uint8_t { meta, frames, tree, idempotency, streams, checkpoints };

class Store;

// Writes that become durable together or not at all. One thread at a time.
class WriteGroup {
 public:
  // `store` must outlive it. It grows beyond `byte_count` if it has to.
  explicit WriteGroup(const Store& store, std::size_t byte_count = 0);
  ~WriteGroup();
  WriteGroup(WriteGroup&&) noexcept;
  WriteGroup& operator=(WriteGroup&&) noexcept;

  void put(Table table, Bytes key, Bytes value);
  // The value is both parts, one after the other.
  void put(Table table, Bytes key, Bytes value_begin, Bytes value_end);
  void erase(Table table, Bytes key);

 private:
  friend class Store;
  struct State;
  std::unique_ptr<State> state_;
};

// Rows that are to enter tables by the thousand: written in the order of their keys to files
// beside the database, which takes those files in as they are. That spares the write-ahead log
// and the search for each row's place. One at a time for each store.
class Ingestion {
 public:
  explicit Ingestion(const Store& store);  // which must outlive it
  ~Ingestion();                            // removes files that were not taken in
  Ingestion(Ingestion&&) noexcept;
  Ingestion& operator=(Ingestion&&) noexcept;

  // The keys of a table ascend. Fails as the disk does.
  Status put(Table table, Bytes key, Bytes value);

 private:
  friend class Store;
  struct State;
  std::unique_ptr<State> state_;
};

// A walk over one table in the order of its keys. One thread at a time; must not
// outlive its store.
class Cursor {
 public:
  ~Cursor();
  Cursor(Cursor&&) noexcept;
  Cursor& operator=(Cursor&&) noexcept;

  void seek_first();
  void seek_last();
  // The first record with this key or a greater one.
  void seek(Bytes key);
  // The last record with this key or a smaller one.
  void seek_back(Bytes key);
  void next();
  void previous();

  // Whether it stands on a record; if not, `status` says whether that is for damage.
  bool valid() const;
  Bytes key() const;    // until the cursor moves
  Bytes value() const;  // until the cursor moves
  Status status() const;

 private:
  friend class Store;
  struct State;
  explicit Cursor(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// An open database. Safe from any thread.
class Store {
 public:
  enum class Mode { create, write, read };
  enum class Pattern { few, scan };  // a scan reads ahead and leaves the cache alone

  // Fails with `not_found`, `unavailable` (another process writes it) or `corrupt`.
  static Result<std::unique_ptr<Store>> open(const std::filesystem::path& directory, Mode mode);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  Result<std::optional<std::string>> get(Table table, Bytes key) const;
  // Calls `use` with the position and the value of each of these keys that has one. They must be
  // in the order of their bytes. The value is gone when `use` returns. Fails as `use` does, and
  // with `corrupt` or `unavailable`; `use` may have been called for some keys by then.
  using UseValue = std::function<Status(std::size_t position, Bytes value)>;
  Status get_each(Table table, std::span<const Bytes> keys, const UseValue& use) const;
  Cursor cursor(Table table, Pattern pattern) const;

  struct File {
    std::filesystem::path path;
    std::string first, last;  // keys
    std::uint64_t bytes;
  };

  // The files that hold a table, but for what the write-ahead log still has.
  std::vector<File> files(Table table) const;

  // On return the group is on disk, synced. Fails with `unavailable`; it then may or may
  // not be there once the ledger is opened again, but never half.
  Status write(WriteGroup group);
  // On return all rows are in their tables, synced. Fails as `write` does: then all of them may
  // or may not be there once the ledger is opened again. What was written to the same keys before
  // is replaced.
  Status ingest(Ingestion rows);
  // Moves what only the write-ahead log holds into tables, so that opening is quick.
  Status flush();

 private:
  friend class WriteGroup;
  friend class Ingestion;
  struct State;
  explicit Store(std::unique_ptr<State> state);
  Status get_singly(Table table, std::span<const Bytes> keys, const UseValue& use) const;
  std::unique_ptr<State> state_;
};

}  // namespace ledger

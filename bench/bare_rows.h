#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bench/bare_database.h"

namespace bench {

// Rows of the index tables that wait to be written. One thread at a time.
class BareRows {
 public:
  void add(std::string_view source, std::string_view id, std::string_view subject,
           std::uint64_t index);

  std::size_t entries() const { return keys_.size(); }

  // Sorts them, and has the database take them in as files, with the record of their end.
  rocksdb::Status write(const BareDatabase& database, std::uint64_t end);

 private:
  struct Row {
    std::size_t begin, size;  // of the key, in `text_`
    std::uint64_t index;
  };

  std::string_view key_of(const Row& row) const { return {text_.data() + row.begin, row.size}; }

  void sort(std::vector<Row>& rows) const;
  rocksdb::Status write_file(const BareDatabase& database, BareTable table, std::vector<Row>& rows);

  std::string text_;
  std::vector<Row> keys_, streams_;
};

}  // namespace bench

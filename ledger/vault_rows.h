// Rows that a commit group adds to a vault, before they are on disk.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ledger {

// Filled by one thread; read by others once that thread has let go of it.
class VaultRows {
 public:
  using Rows = std::map<std::string, std::string, std::less<>>;

  // Adds a row under a key that was not put yet.
  void put(std::string key, std::string value);

  // How many rows were put, for `shrink_to`.
  std::size_t mark() const { return order_.size(); }

  // Takes back what was put last until `mark` are left.
  void shrink_to(std::size_t mark);

  const Rows& rows() const { return rows_; }

 private:
  Rows rows_;
  std::vector<Rows::iterator> order_;
};

}  // namespace ledger

#include "ledger/vault_rows.h"

#include <utility>

#include "ledger/base/check.h"

namespace ledger {

// A key comes once: a person is made once, and each value has an index of its own.
void VaultRows::put(std::string key, std::string value) {
  const auto [place, fresh] = rows_.emplace(std::move(key), std::move(value));
  check(fresh, "a row of the vault is put once in a group");
  order_.push_back(place);
}

void VaultRows::shrink_to(std::size_t mark) {
  for (; order_.size() > mark; order_.pop_back()) rows_.erase(order_.back());
}

}  // namespace ledger

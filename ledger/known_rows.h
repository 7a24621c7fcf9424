// What the index tables of the database say about events that want to enter.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/batch.h"
#include "ledger/event.h"
#include "ledger/store.h"

namespace ledger {

// Of each event of a batch, by position.
struct KnownRows {
  std::string keys;                               // of all, one after the other: source and id
  std::vector<std::size_t> key_ends;              // where each ends
  std::vector<std::optional<Sequence>> firsts;    // who has that key
  std::vector<std::optional<Sequence>> previous;  // the newest of its subject

  std::string_view key(std::size_t position) const {
    const auto begin = position == 0 ? 0 : key_ends[position - 1];
    return std::string_view(keys).substr(begin, key_ends[position] - begin);
  }
};

// Asks for the whole batch at once, but not for the subjects of which `is_newer` knows a newer
// event than the database can. Fails as the database does, and with `corrupt`.
Result<KnownRows> look_up(const Store& store, const Batch& batch,
                          const std::function<bool(std::string_view subject)>& is_newer);

// The entries of a batch were verified when it was submitted.
Entry batch_entry(const Batch& batch, std::size_t position);

}  // namespace ledger

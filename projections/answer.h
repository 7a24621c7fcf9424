#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "ledger/base/strong.h"
#include "projections/checked_file.h"
#include "projections/models.h"

namespace projections {

// The rows of one model, of a log at one size, wherever they lie: as a replay printed them, in a
// file of the cache, or some here and some there. To be moved, not copied.
struct Answer {
  Answer() = default;
  Answer(Answer&&) = default;
  Answer& operator=(Answer&&) = default;

  ledger::TreeSize size{0};
  std::optional<ledger::Date> as_of;
  std::vector<std::string_view> rows;  // these and what follows: as in `ModelRows`
  std::vector<std::optional<ledger::Date>> valid_until;
  std::vector<std::string> overflows, overflow_keys;
  std::uint64_t replayed = 0;  // events, for what of it was not kept
  // What the rows lie in.
  std::vector<std::string> printed;
  std::shared_ptr<const CheckedFile> file;
};

// All of what a replay of a log of `size` events prints, the model's rows first.
Answer answer_of(ModelRows rows, ledger::TreeSize size, std::optional<ledger::Date> as_of);

}  // namespace projections

#include "projections/answer.h"

namespace projections {

Answer answer_of(ModelRows rows, ledger::TreeSize size, std::optional<ledger::Date> as_of) {
  Answer answer;
  answer.size = size;
  answer.as_of = as_of;
  answer.printed = std::move(rows.rows);
  answer.rows.assign(answer.printed.begin(), answer.printed.end());
  answer.valid_until = std::move(rows.valid_until);
  answer.overflows = std::move(rows.overflows);
  answer.overflow_keys = std::move(rows.overflow_keys);
  answer.replayed = size.value;
  return answer;
}

}  // namespace projections

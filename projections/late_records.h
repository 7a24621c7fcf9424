#pragma once

#include "projections/models.h"

namespace projections {

// What was recorded more than `threshold_days` times 24 hours after it happened (policy.md, G5):
// where a back-dated event would be found. Rows: `rank` from 1, `index`, `type`, `subject`,
// `time`, `recordedtime` (or `appendedtime`, where the source gave none: the ledger's clock
// then counts), `late_days` (whole ones), `why`, `orders`, `source`, `id`.
//
// First come those that decided something, by `why`, with the orders concerned, sorted:
// `confirmed_after_order` (a filing's confirmation dated up to an order's time and recorded
// after it, where by what was recorded the filing did not stand confirmed then), `spec_after_order`
// (the same of a special specification), `tier_crossing` (a delivery counted in the prior of an
// order and recorded after that order's date, where the order's tier would be another without such
// deliveries). Then the rest, without these keys. Among equals the latest record first, then by
// index. Fails with the source's errors.
ledger::Result<ModelRows> print_late_records(const Replay& replay, const Cut& cut,
                                             std::int64_t threshold_days);

}  // namespace projections

// The information base of fleet customers (T), and what is done to win them (N7.7).
#pragma once

#include "projections/models.h"

namespace projections {

// A row for every customer that is registered, has a filing or order, is joined with another,
// was visited or asked how satisfied it is, by id: `customer`, `class` and `uscc` as registered,
// `buyer` (`A` buys and uses, `B` buys for others), `relations` (array of `{related, kind,
// evidenced}`, asserted of it and not ended), `party` (all it is joined with by relations with
// evidence, of whatever kind; which of them count together is up to each policy), `filings`,
// `orders`, `vehicles` (genuine deliveries on them), `invoiced_fen` (of these vehicles),
// `granted_fen`, `other_owners` (of these vehicles: registered to a credit code that is no party
// member's), `other_owners_expected` (class B only: its subordinates register), `visits`,
// `last_visit`, `answers` and `satisfaction` (the latest score). Relations and party are those of
// the as-of date. Fails with the source's errors.
ledger::Result<ModelRows> print_customers(const Replay& replay, const Cut& cut);

// A row for every activity held, by id: `activity`, `dealer`, `held`, `invited`, `attended`,
// `cost_fen`, `filings` (of its dealer, naming it as their cause or correlation), `followed`
// (the dealer's other filings that name no cause, submitted from that day on and before its
// next activity, at most 90 days later). Arrays are sorted.
ledger::Result<ModelRows> print_activities(const Replay& replay, const Cut& cut);

// How much of a dealer's business is fleet: a row for every dealer and year with an invoice:
// `dealer`, `year`, `invoiced` (different vehicles, demo cars apart), `fleet` (of these, on an
// invoice that names an order), `share_bp` (halves away from zero).
ModelRows print_fleet_shares(const Replay& replay);

}  // namespace projections

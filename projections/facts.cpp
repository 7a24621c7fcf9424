#include "projections/facts.h"

namespace projections {

void Facts::mark_voided(std::uint32_t index) {
  const auto mark = [index](auto&... tables) { (tables.mark_voided(index), ...); };
  mark(packs_published, notices, calendars, bank_lists, authorised, suspended, contracts, managers,
       setoffs, registered, relations, relations_ended, recognitions, agents, submitted,
       filing_moves, agreements_signed, agreement_moves, created, specs, support_requested,
       support_decided, status, reduced, cancelled, tenders, rewards, movements, invoices,
       registrations, local_subsidies, demos, settlements, clawbacks_issued, clawbacks_reduced,
       bills_tendered, bills_decided, rebates_paid, complaints_opened, complaints_adjudicated,
       finding_moves, penalties_imposed, penalties_paid);
}

}  // namespace projections

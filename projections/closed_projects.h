#pragma once

#include <map>
#include <string>

#include "projections/models.h"

namespace projections {

// Projects that were closed, each with the business date of its latest project.closed in the
// cut. An order that names no project is a project of its own name.
using ClosedProjects = std::map<std::string, ledger::Date, std::less<>>;

// Fails with the source's errors.
ledger::Result<ClosedProjects> closed_projects(const EventSource& source, const Cut& cut);

// The settling of closed projects (N9.3): a row for every line of `dealer` on their orders,
// sorted by project, then line: `project`, `line`, `dealer`, `closed`, `entitled_fen`,
// `granted_fen`, `issued_fen`, `waived_fen`, `true_up_fen` = entitled + issued − waived −
// granted where that is positive, else −over.
ledger::Result<ModelRows> print_true_ups(const Replay& replay, const Cut& cut,
                                         std::string_view dealer);

}  // namespace projections

// The same history for tools of plain-text accounting.
#pragma once

#include <filesystem>
#include <span>

#include "ledger/base/error.h"
#include "ledger/batch.h"

namespace bench {

// Writes one transaction an event, in the syntax that ledger and hledger share. What is settled
// and set off is booked in yuan to accounts of the order and of the dealer, as the ceiling of
// the replay folds it; any other event is counted in an account of its type. Fails with
// `unavailable`.
ledger::Status write_journal(const std::filesystem::path& file,
                             std::span<const ledger::Batch> batches);

// The balances of all accounts by that program, `ledger` or `hledger`. Returns seconds, from the
// start of its process to its end. Fails with `unavailable`.
ledger::Result<double> balances_by(const std::string& program, const std::filesystem::path& file);

}  // namespace bench

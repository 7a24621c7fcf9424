#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ledger/base/error.h"
#include "ledger/batch.h"
#include "ledger/refusal.h"

namespace bench {

// Of the generated history: results of different days must be comparable.
inline constexpr std::uint64_t history_seed = 1;

// Why the encoder refuses what the generator makes.
ledger::Error refused_event(const ledger::Refusal& refusal);

// The first so many events of the generated national history, as built entries, in
// batches of so many. Fails with `invalid` if the encoder refuses what the generator makes.
ledger::Result<std::vector<ledger::Batch>> history(std::uint64_t events, std::size_t batch_size);

// The first `events` entries of `batches` that may come in any order, regrouped: all but
// voids, which the log admits only after what they void.
std::vector<ledger::Batch> regrouped(std::span<const ledger::Batch> batches, std::uint64_t events,
                                     std::size_t batch_size);

std::uint64_t count(std::span<const ledger::Batch> batches);

}  // namespace bench

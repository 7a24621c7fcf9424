// Ledgers and events for tests.
#pragma once

#include <catch2/catch.hpp>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/batch.h"
#include "ledger/log.h"
#include "ledger/verify.h"
#include "tests/support/scratch.h"

namespace ledger::test {

inline constexpr std::string_view sample_origin = "tally.test/log";

// Adds the outside form of an event to a batch; fails the test if it is refused.
void add_line(Batch& batch, std::string_view line);

// A small event of the stream `vehicle/<vin>`: number `id` of the source, that far in km.
std::string mileage_line(std::string_view id, unsigned vehicle, int km);
std::string vehicle_subject(unsigned vehicle);
// Another type in the same streams.
std::string warranty_line(std::string_view id, unsigned vehicle);

Batch batch_of(std::string_view line);

// `count` events, numbered from `first` on, spread over `vehicles` streams.
Batch mileage_batch(std::uint64_t first, std::uint64_t count, unsigned vehicles);

// A clock that moves on by a second with each reading.
std::function<std::int64_t()> ticking_clock();

// The log of an empty ledger in `directory`, made first if there is none.
std::unique_ptr<Log> open_log(const std::filesystem::path& directory, Log::Options options = {});

// A closed ledger of 600 entries in 7 streams, with checkpoints at 0, 200 and 600.
void make_ledger_of_600(const std::filesystem::path& directory);

// Turns one kilometre of a mileage event into another, in place.
void falsify(std::span<std::byte> entry);

// A copy of a ledger as a power cut would leave it, taken while its writer runs. Taken anew for as
// long as the writer's own threads change files on the way, which no single moment would show.
void copy_running(const std::filesystem::path& from, const std::filesystem::path& to);

// Turns the fifth bit of one byte of a file.
void flip_bit(const std::filesystem::path& path, std::uintmax_t offset);

// Where `verify` finds something, a place each; a failed check then shows what.
std::vector<Finding::Where> places(const Verification& verification);

// The value, or a failed test.
template <class T>
T value_of(Result<T> result) {
  if (!result) FAIL(result.error().message.en);
  return *std::move(result);
}

}  // namespace ledger::test

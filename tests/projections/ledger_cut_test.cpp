// The same answers from a ledger on disk as from events in memory: whatever the batches it
// was written in, and at every size it has had.
#include <catch2/catch.hpp>

#include "ledger/codec.h"
#include "ledger/log.h"
#include "projections/admission.h"
#include "tests/support/dice.h"
#include "tests/support/memory_source.h"
#include "tests/support/printed_models.h"
#include "tests/support/random_history.h"
#include "tests/support/scratch.h"

namespace projections {
namespace {

// Imports `lines` into a new ledger, in batches whose sizes go round; returns a reader of all.
ledger::Reader import(const test::Scratch& scratch, const std::vector<std::string>& lines,
                      const std::vector<std::size_t>& batch_sizes) {
  const auto directory = scratch.path() / "ledger";
  REQUIRE(ledger::Log::create(directory, "ledger.example/test"));
  ledger::Log::Options options;
  options.admission = admission();
  auto log = ledger::Log::open(directory, options);
  REQUIRE(log);
  ledger::Encoder encoder;
  ledger::Batch batch;
  std::size_t batches = 0;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    REQUIRE_FALSE(encoder.add(lines[at], batch));
    const auto wanted = batch_sizes[batches % batch_sizes.size()];
    if (batch.count() < wanted && at + 1 < lines.size()) continue;
    const auto appended = (*log)->append(batch);
    if (!appended) FAIL(appended.error().message.en);
    batch.clear();
    ++batches;
  }
  log->reset();
  auto reader = ledger::Reader::open(directory);
  REQUIRE(reader);
  return *std::move(reader);
}

}  // namespace

TEST_CASE("batches change nothing, and a view of a size is a ledger of that size") {
  for (std::uint64_t seed = 0; seed < 3; ++seed) {
    CAPTURE(seed);
    test::Dice dice(seed);
    std::vector<std::size_t> any_sizes(9);
    for (auto& size : any_sizes) size = static_cast<std::size_t>(dice.between(1, 30));
    const auto lines = test::random_history(seed, 90);
    const test::MemorySource memory(lines);
    for (const auto& batch_sizes : {std::vector<std::size_t>{1}, {7}, {1000}, any_sizes}) {
      CAPTURE(batch_sizes);
      const test::Scratch scratch;
      const auto reader = import(scratch, lines, batch_sizes);
      REQUIRE(reader.size().value == lines.size());
      for (std::size_t size = 0; size <= lines.size(); size += 9) {
        CAPTURE(size);
        const auto view = reader.at(ledger::TreeSize{size});
        CHECK(test::print_all(LogSource(view), Cut{size, {}}, 1) ==
              test::print_all(memory.first(size), Cut{}, 1));
      }
    }
  }
}

}  // namespace projections

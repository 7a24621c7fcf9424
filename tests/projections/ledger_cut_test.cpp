// The same answers from a ledger on disk as from events in memory: whatever the batches it
// was written in, and at every size it has had.
#include <catch2/catch.hpp>

#include "ledger/codec.h"
#include "ledger/log.h"
#include "projections/admission.h"
#include "tests/support/memory_source.h"
#include "tests/support/printed_models.h"
#include "tests/support/random_history.h"
#include "tests/support/scratch.h"

namespace projections {
namespace {

// Imports `lines` in batches of `batch_size`; returns a reader of all of them.
ledger::Reader import(const test::Scratch& scratch, const std::vector<std::string>& lines,
                      std::size_t batch_size) {
  const auto directory = scratch.path() / ("ledger-" + std::to_string(batch_size));
  REQUIRE(ledger::Log::create(directory, "ledger.example/test"));
  ledger::Log::Options options;
  options.admission = admit;
  auto log = ledger::Log::open(directory, options);
  REQUIRE(log);
  ledger::Encoder encoder;
  ledger::Batch batch;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    REQUIRE_FALSE(encoder.add(lines[at], batch));
    if (batch.count() < batch_size && at + 1 < lines.size()) continue;
    const auto appended = (*log)->append(batch);
    if (!appended) FAIL(appended.error().message);
    batch.clear();
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
    const test::Scratch scratch;
    const auto lines = test::random_history(seed, 90);
    const test::MemorySource memory(lines);
    for (const std::size_t batch_size : {1U, 7U, 1000U}) {
      CAPTURE(batch_size);
      const auto reader = import(scratch, lines, batch_size);
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

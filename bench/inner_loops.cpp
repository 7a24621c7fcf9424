#include "bench/inner_loops.h"

#include <fstream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bench/append_log.h"
#include "bench/counted_loop.h"
#include "bench/history.h"
#include "cli/generate/history.h"
#include "ledger/codec.h"
#include "ledger/durable_file.h"
#include "ledger/log.h"
#include "ledger/open_ledger.h"
#include "ledger/reader.h"
#include "ledger/sequencer.h"
#include "ledger/subtree_audit.h"
#include "projections/admission.h"
#include "projections/certificate.h"

namespace bench {
namespace {

constexpr std::size_t group_size = 1'000;
constexpr std::string_view lines_file = "events.jsonl";
constexpr std::string_view empty_ledger = "empty";
constexpr std::string_view full_ledger = "full";

// Neither what is stored nor how well it compresses may depend on the hour.
ledger::Log::Options options_with_fixed_clock() {
  constexpr std::int64_t new_year_2019_ns = 1'546'300'800'000'000'000;
  ledger::Log::Options options;
  options.admission = projections::admission();
  options.now_ns = [now = new_year_2019_ns]() mutable { return now += 1'000; };
  return options;
}

// `run` inside the counted function; it fails as `run` does.
template <class Run>
ledger::Status counted(Run run) {
  ledger::Status status = ledger::Ok{};
  counted_loop([&] { status = run(); });
  return status;
}

ledger::Status encode(const std::filesystem::path& folder) {
  std::ifstream file(folder / lines_file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  ledger::Encoder encoder;
  ledger::Batch batch;
  return counted([&]() -> ledger::Status {
    for (const auto& line : lines) {
      if (batch.count() == group_size) batch.clear();
      if (const auto refusal = encoder.add(line, batch)) return refused_event(*refusal);
    }
    return ledger::Ok{};
  });
}

// The entries of the full ledger, as batches to be appended to another.
ledger::Result<std::vector<ledger::Batch>> stored_batches(const std::filesystem::path& ledger) {
  const auto reader = TRY(ledger::Reader::open(ledger));
  std::vector<ledger::Batch> batches;
  TRY(reader.scan({}, [&](const ledger::Entry& entry) -> ledger::Status {
    if (batches.empty() || batches.back().count() == group_size) batches.emplace_back();
    batches.back().add(entry.bytes);
    return ledger::Ok{};
  }));
  return batches;
}

// What the log's sequencing thread does; the writing of its groups is not counted.
ledger::Status append(const std::filesystem::path& folder) {
  const auto batches = TRY(stored_batches(folder / full_ledger));
  const auto ledger = TRY(ledger::open_ledger(folder / empty_ledger, ledger::Store::Mode::write));
  const auto sequencer =
      TRY(ledger::Sequencer::resume(*ledger, options_with_fixed_clock(), nullptr));
  for (const auto& batch : batches) {
    std::optional<ledger::Sequencer::Sealed> sealed;
    const auto sequence = [&]() -> ledger::Status {
      sequencer->begin_group({&batch});
      TRY(sequencer->sequence(batch, {}));
      sealed = sequencer->seal_group();
      return ledger::Ok{};
    };
    TRY(counted(sequence));
    TRY(ledger->store->write(std::move(sealed->writes)));
    sequencer->forget_first(ledger::Sequencer::Outcome::durable);
  }
  ledger::TreeSize size;
  for (const auto& batch : batches) size.value += batch.count();
  const auto index = TRY(ledger::PendingIndex::read(*ledger->store, ledger::TreeSize{0}, size));
  return counted([&]() -> ledger::Status {
    index.keys().sorted();
    index.streams().sorted();
    return ledger::Ok{};
  });
}

ledger::Status verify(const std::filesystem::path& folder) {
  const auto ledger = TRY(ledger::open_ledger(folder / full_ledger, ledger::Store::Mode::read));
  const auto size = ledger->head.size();
  ledger::SubtreeTask task;
  task.end = size;
  task.sizes = {size};
  task.indexed = size;
  return counted([&]() -> ledger::Status {
    const auto audit = ledger::audit_subtree(*ledger->store, task);
    if (audit.findings.empty() && audit.disputed.empty() && audit.unread.empty()) {
      return ledger::Ok{};
    }
    return ledger::Error{ledger::ErrorCode::corrupt,
                         {"the ledger of the benchmark does not verify; please report this",
                          "基准测试的账本未通过核验；请报告此问题"}};
  });
}

ledger::Status replay(const std::filesystem::path& folder) {
  const auto reader = TRY(ledger::Reader::open(folder / full_ledger));
  const projections::LogSource source(reader);
  return counted([&]() -> ledger::Status {
    const auto replay = TRY(projections::Replay::run(source, {}, 1));
    TRY(projections::certify(*replay));
    return ledger::Ok{};
  });
}

}  // namespace

ledger::Status prepare_loops(const std::filesystem::path& folder, std::uint64_t events) {
  {
    std::ofstream file(folder / lines_file);
    cli::generate::generate_history({events, history_seed},
                                    [&](std::string_view line) { file << line << '\n'; });
  }
  TRY(ledger::Log::create(folder / empty_ledger, bench_origin));
  TRY(ledger::Log::create(folder / full_ledger, bench_origin));
  const auto log = TRY(ledger::Log::open(folder / full_ledger, options_with_fixed_clock()));
  for (const auto& batch : TRY(history(events, group_size))) TRY(log->append(batch));
  return ledger::Ok{};
}

ledger::Status run_loop(std::string_view loop, const std::filesystem::path& folder) {
  if (loop == "encode") return encode(folder);
  if (loop == "append") return append(folder);
  if (loop == "verify") return verify(folder);
  if (loop == "replay") return replay(folder);
  return ledger::Error{ledger::ErrorCode::invalid,
                       ledger::worded("there is no loop {}", "没有循环 {}", loop)};
}

}  // namespace bench

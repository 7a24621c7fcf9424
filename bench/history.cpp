#include "bench/history.h"

#include <optional>
#include <string_view>

#include "cli/generate/history.h"
#include "ledger/codec.h"
#include "schemas/event_generated.h"

namespace bench {
namespace {

constexpr auto void_type = static_cast<std::uint8_t>(ledger::schema::Payload::EventVoided);

ledger::Batch& with_room(std::vector<ledger::Batch>& batches, std::size_t batch_size) {
  if (batches.empty() || batches.back().count() == batch_size) batches.emplace_back();
  return batches.back();
}

}  // namespace

ledger::Error refused_event(const ledger::Refusal& refusal) {
  auto error = ledger::refused(refusal);
  error.message =
      ledger::worded("a generated event is refused: {}", "生成的事件被拒绝：{}", error.message);
  return error;
}

ledger::Result<std::vector<ledger::Batch>> history(std::uint64_t events, std::size_t batch_size) {
  std::vector<ledger::Batch> batches;
  ledger::Encoder encoder;
  std::optional<ledger::Refusal> refusal;
  cli::generate::generate_history({events, history_seed}, [&](std::string_view line) {
    if (!refusal) refusal = encoder.add(line, with_room(batches, batch_size));
  });
  if (refusal) return refused_event(*refusal);
  return batches;
}

std::vector<ledger::Batch> regrouped(std::span<const ledger::Batch> batches, std::uint64_t events,
                                     std::size_t batch_size) {
  std::vector<ledger::Batch> result;
  for (const auto& batch : batches) {
    for (std::size_t at = 0; at < batch.count() && events > 0; ++at) {
      const auto entry = batch.entry(at);
      if (ledger::schema::GetEvent(entry.data())->type() == void_type) continue;
      with_room(result, batch_size).add(entry);
      --events;
    }
  }
  return result;
}

std::uint64_t count(std::span<const ledger::Batch> batches) {
  std::uint64_t events = 0;
  for (const auto& batch : batches) events += batch.count();
  return events;
}

}  // namespace bench

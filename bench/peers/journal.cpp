#include "bench/peers/journal.h"

#include <fmt/format.h>

#include <fstream>
#include <string>
#include <string_view>

#include "bench/child.h"
#include "bench/stopwatch.h"
#include "ledger/base/time.h"
#include "ledger/codec.h"
#include "ledger/event.h"

namespace bench {
namespace {

namespace schema = ledger::schema;

constexpr std::size_t date_size = 10;  // of 2017-01-31T…

template <class Payload>
const Payload& payload_of(const schema::Event& event) {
  return *flatbuffers::GetRoot<Payload>(event.payload()->data());
}

// An amount to one account and from the other.
std::string postings(std::string_view to, std::string_view from, std::string_view name,
                     const std::string& amount) {
  return fmt::format("    {}:{}  {}\n    {}\n\n", to, name, amount, from);
}

std::string yuan(std::int64_t fen) {
  return fmt::format("{}{}.{:02} CNY", fen < 0 ? "-" : "", std::abs(fen) / 100,
                     std::abs(fen) % 100);
}

std::string transaction(const schema::Event& event) {
  const auto type = static_cast<schema::Payload>(event.type());
  const auto name = ledger::type_name(type);
  const auto head = fmt::format(
      "{} * {}\n", ledger::to_string_utc(event.time()->ns()).substr(0, date_size), name);
  if (type == schema::Payload::SettlementApproved) {
    const auto& payload = payload_of<schema::SettlementApproved>(event);
    return head + postings("settled", "budget", payload.order()->string_view(),
                           yuan(payload.amount_fen()));
  }
  if (type == schema::Payload::SetoffApplied) {
    const auto& payload = payload_of<schema::SetoffApplied>(event);
    return head + postings("setoff", "budget", payload.dealer()->string_view(),
                           yuan(-payload.amount_fen()));
  }
  return head + postings("events", "log", name, "1 EVENT");
}

}  // namespace

ledger::Status write_journal(const std::filesystem::path& file,
                             std::span<const ledger::Batch> batches) {
  std::ofstream out(file);
  for (const auto& batch : batches) {
    for (std::size_t at = 0; at < batch.count(); ++at) {
      out << transaction(*schema::GetEvent(batch.entry(at).data()));
    }
  }
  out.flush();
  if (out) return ledger::Ok{};
  return ledger::Error{ledger::ErrorCode::unavailable, "cannot write " + file.string()};
}

ledger::Result<double> balances_by(const std::string& program, const std::filesystem::path& file) {
  const auto output = file.string() + "." + program;
  const Stopwatch watch;
  const bool good = succeeds({program, "-f", file.string(), "balance"}, output);
  const auto seconds = watch.seconds();
  if (good && std::filesystem::file_size(output) > 0) return seconds;
  return ledger::Error{ledger::ErrorCode::unavailable,
                       program + " does not print the balances of " + file.string()};
}

}  // namespace bench

#include "cli/intake.h"

#include <memory>
#include <utility>

namespace cli {

Intake::Intake(ledger::Log& log, std::size_t batch_limit, Acknowledged acknowledged,
               Refused refused)
    : log_(log),
      batch_limit_(batch_limit),
      acknowledged_(std::move(acknowledged)),
      refused_(std::move(refused)) {
}

ledger::Result<bool> Intake::take(const std::string& file, std::uint64_t line,
                                  const EncodeEvents& encode) {
  const auto before = batch_.count();
  if (auto why = encode(encoder_, batch_)) {
    if (!spoiled_) TRY(await());  // refusals are told of one batch only: the first
    ++counts_.refused;
    spoiled_ = true;
    refused_({file, line, *std::move(why)});
    ++taken_in_batch_;
  } else {
    const auto added = batch_.count() - before;
    origins_.insert(origins_.end(), added, Origin{file, line});
    taken_in_batch_ += added;
  }
  if (taken_in_batch_ < batch_limit_) return true;
  if (spoiled_) return false;
  TRY(submit());
  return true;
}

ledger::Status Intake::finish() {
  if (!spoiled_ && !batch_.empty()) TRY(submit());
  return await();
}

ledger::Status Intake::submit() {
  TRY(await());
  auto promise = std::make_shared<std::promise<ledger::Result<ledger::Appended>>>();
  in_flight_ = promise->get_future();
  origins_in_flight_ = std::exchange(origins_, {});
  taken_in_batch_ = 0;
  log_.submit(std::exchange(batch_, {}), [promise](ledger::Result<ledger::Appended> result) {
    promise->set_value(std::move(result));
  });
  return ledger::Ok{};
}

ledger::Status Intake::await() {
  if (!in_flight_) return ledger::Ok{};
  auto result = std::exchange(in_flight_, std::nullopt)->get();
  if (!result) {
    report(result.error());
    for (const auto& error : result.error().further) report(error);
    return std::move(result).error();
  }
  const auto added = static_cast<std::int64_t>(result->added);
  counts_.added += added;
  counts_.repeated += static_cast<std::int64_t>(result->indexes.size()) - added;
  acknowledged_(result->size);
  return ledger::Ok{};
}

// Says of which line the error is, if it is of one.
void Intake::report(const ledger::Error& error) {
  if (!error.position || *error.position >= origins_in_flight_.size()) return;
  const auto& origin = origins_in_flight_[*error.position];
  ++counts_.refused;
  refused_({origin.file, origin.line, error.message});
}

}  // namespace cli

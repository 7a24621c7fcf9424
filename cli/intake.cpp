#include "cli/intake.h"

#include <chrono>
#include <memory>
#include <utility>

namespace cli {
namespace {

// As many as the log can be busy with: eight large groups, and a group is two batches of the usual
// size.
constexpr std::size_t batches_on_their_way_max = 16;

}  // namespace

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
    if (files_.empty() || files_.back() != file) files_.push_back(file);
    origins_.insert(origins_.end(), added, Origin{files_.size() - 1, line});
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
  while (!on_their_way_.empty() &&
         (on_their_way_.size() == batches_on_their_way_max || is_answered(on_their_way_.front()))) {
    TRY(await_first());
  }
  auto promise = std::make_shared<std::promise<ledger::Result<ledger::Appended>>>();
  on_their_way_.push_back({promise->get_future(), std::exchange(origins_, {})});
  taken_in_batch_ = 0;
  log_.submit(
      std::exchange(batch_, {}),
      [promise](ledger::Result<ledger::Appended> result) { promise->set_value(std::move(result)); },
      succession_);
  return ledger::Ok{};
}

bool Intake::is_answered(const OnItsWay& batch) {
  return batch.answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}

ledger::Status Intake::await() {
  while (!on_their_way_.empty()) TRY(await_first());
  return ledger::Ok{};
}

ledger::Status Intake::await_first() {
  auto [answer, origins] = std::move(on_their_way_.front());
  on_their_way_.pop_front();
  auto result = answer.get();
  if (!result) {
    report(result.error(), origins);
    for (const auto& error : result.error().further) report(error, origins);
    on_their_way_.clear();  // they fail for this one's sake
    return std::move(result).error();
  }
  const auto added = static_cast<std::int64_t>(result->added);
  counts_.added += added;
  counts_.repeated += static_cast<std::int64_t>(result->indexes.size()) - added;
  acknowledged_(result->size);
  return ledger::Ok{};
}

// Says of which line the error is, if it is of one.
void Intake::report(const ledger::Error& error, const std::vector<Origin>& origins) {
  if (!error.position || *error.position >= origins.size()) return;
  const auto& origin = origins[*error.position];
  ++counts_.refused;
  refused_({files_[origin.file], origin.line, error.message});
}

}  // namespace cli

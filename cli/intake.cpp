#include "cli/intake.h"

#include <fmt/format.h>

#include <memory>
#include <utility>

namespace cli {

Intake::Intake(ledger::Log& log, std::size_t batch_limit, Acknowledged acknowledged,
               Refused refused, Language language)
    : log_(log),
      batch_limit_(batch_limit),
      acknowledged_(std::move(acknowledged)),
      refused_(std::move(refused)),
      language_(language) {
}

std::optional<ledger::Refusal> Intake::encode(const LineReader::Line& line) {
  if (!line.too_long()) return encoder_.add(line.text, batch_);
  if (language_ == Language::chinese) {
    return ledger::Refusal{{},
                           fmt::format("一行 {} 字节", line.byte_count),
                           fmt::format("一个事件，最多 {} 字节", LineReader::line_bytes_max)};
  }
  return ledger::Refusal{{},
                         fmt::format("a line of {} bytes", line.byte_count),
                         fmt::format("one event, at most {} bytes", LineReader::line_bytes_max)};
}

ledger::Result<bool> Intake::take(const std::string& file, const LineReader::Line& line) {
  if (line.text.find_first_not_of(" \t") == std::string_view::npos && !line.too_long()) return true;
  if (auto why = encode(line)) {
    ++counts_.refused;
    spoiled_ = true;
    refused_({file, line.number, *std::move(why)});
  } else {
    origins_.push_back({file, line.number});
  }
  if (++lines_in_batch_ < batch_limit_) return true;
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
  lines_in_batch_ = 0;
  log_.submit(std::exchange(batch_, {}), [promise](ledger::Result<ledger::Appended> result) {
    promise->set_value(std::move(result));
  });
  return ledger::Ok{};
}

ledger::Status Intake::await() {
  if (!in_flight_) return ledger::Ok{};
  auto result = std::exchange(in_flight_, std::nullopt)->get();
  if (!result) {
    auto error = std::move(result).error();
    if (error.position && *error.position < origins_in_flight_.size()) {
      const auto& origin = origins_in_flight_[*error.position];
      ++counts_.refused;
      error.message = fmt::format("{}:{}: {}", origin.file, origin.line, error.message);
    }
    return error;
  }
  const auto added = static_cast<std::int64_t>(result->added);
  counts_.added += added;
  counts_.repeated += static_cast<std::int64_t>(result->indexes.size()) - added;
  acknowledged_(result->size);
  return ledger::Ok{};
}

}  // namespace cli

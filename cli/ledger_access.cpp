#include "cli/ledger_access.h"

#include <charconv>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <optional>
#include <string_view>

#include "cli/vault_access.h"
#include "cli/witness_consent.h"
#include "projections/admission.h"

namespace cli {
namespace {

// What to do about a failure to open depends on what the program offers, not on the log.
ledger::Error with_advice(ledger::Error error, const Arguments& arguments, Console& console) {
  const auto shown = arguments.data.string();
  switch (error.code) {
    case ledger::ErrorCode::not_found:
      error.message = console.in(error.message) +
                      console.text("\n  --data or TALLY_DATA names another directory.",
                                   "\n  可用 --data 或 TALLY_DATA 指定其他目录。");
      break;
    case ledger::ErrorCode::corrupt:
      error.message =
          console.in(error.message) +
          console.text("\n  Keep {0} as evidence; `tally verify --data {0}` says what differs.",
                       "\n  请保留 {0} 作为证据；`tally verify --data {0}` 会指出差异所在。",
                       shown);
      break;
    case ledger::ErrorCode::conflict:
    case ledger::ErrorCode::invalid:
    case ledger::ErrorCode::unavailable:
      break;
  }
  return error;
}

// What a variable of the environment holds; nothing unless that is a number.
std::optional<std::int64_t> number_in(const char* variable) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): read before any thread starts.
  const char* const given = std::getenv(variable);
  if (given == nullptr) return std::nullopt;
  const std::string_view digits(given);
  std::int64_t number = 0;
  const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (code != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

// Nothing: the system's.
std::function<std::int64_t()> append_clock() {
  const auto ns = number_in("TALLY_TEST_CLOCK_NS");
  if (!ns) return {};
  return [ns = *ns] { return ns; };
}

}  // namespace

std::int64_t now_ns() {
  if (const auto clock = append_clock()) return clock();
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

ledger::Result<std::unique_ptr<ledger::Log>> open_log(const Arguments& arguments,
                                                      Console& console) {
  TRY(ask_before_writing(arguments, console));
  ledger::Log::Options options;
  options.admission = projections::admission();
  options.now_ns = append_clock();
  options.vault_key = TRY(vault_key_for(arguments.data));
  const auto run_entries = number_in("TALLY_TEST_INDEX_RUN");
  if (run_entries && *run_entries > 0) {
    options.index_run_entries = static_cast<std::size_t>(*run_entries);
  }
  auto log = ledger::Log::open(arguments.data, std::move(options));
  if (!log) return with_advice(std::move(log).error(), arguments, console);
  return log;
}

ledger::Result<ledger::Reader> open_reader(const Arguments& arguments, Console& console) {
  auto reader = ledger::Reader::open(arguments.data);
  if (!reader) return with_advice(std::move(reader).error(), arguments, console);
  return reader;
}

}  // namespace cli

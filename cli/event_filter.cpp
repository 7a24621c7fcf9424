#include "cli/event_filter.h"

#include <algorithm>

#include "ledger/base/check.h"
#include "ledger/codec.h"

namespace cli {
namespace {

constexpr std::int64_t ns_per_second = 1'000'000'000;
constexpr std::int64_t ns_per_day = 86'400 * ns_per_second;
constexpr std::int64_t beijing_ahead_ns = 8 * 3'600 * ns_per_second;

// The instant at which a business date begins (UTC+8).
std::int64_t start_of(ledger::Date date) {
  return date.days * ns_per_day - beijing_ahead_ns;
}

}  // namespace

EventFilter EventFilter::from(const Arguments& arguments) {
  EventFilter filter;
  filter.subject_ = arguments.text("--subject");
  if (const auto from = arguments.number("--from")) filter.selection_.from = {*from};
  if (const auto to = arguments.number("--to")) filter.selection_.to = {*to};
  if (const auto since = arguments.date("--since")) filter.selection_.time_from = start_of(*since);
  if (const auto name = arguments.text("--type")) {
    const auto type = ledger::type_of(*name);
    ledger::check(type.has_value(), "options are checked before a command runs");
    filter.selection_.types.emplace().set(static_cast<std::size_t>(*type));
  }
  return filter;
}

ledger::Status EventFilter::each(
    const ledger::Reader& reader,
    const std::function<ledger::Status(const ledger::Entry&)>& visit) const {
  if (!subject_) return reader.scan(selection_, visit);
  auto indexes = TRY(reader.stream(*subject_));
  std::erase_if(indexes, [&](ledger::Sequence index) {
    return index < selection_.from || index.value >= selection_.to.value;
  });
  return reader.read_each(indexes, [&](const ledger::Entry& entry) -> ledger::Status {
    if (selection_.types && !selection_.types->test(static_cast<std::size_t>(entry.type()))) {
      return ledger::Ok{};
    }
    const auto time = entry.event->time()->ns();
    if (selection_.time_from && time < *selection_.time_from) return ledger::Ok{};
    return visit(entry);
  });
}

}  // namespace cli

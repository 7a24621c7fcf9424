#include "projections/event_names.h"

#include <algorithm>

#include "ledger/base/check.h"
#include "ledger/base/distinct.h"
#include "projections/json.h"

namespace projections {

ledger::Result<EventNames> EventNames::read(const EventSource& source,
                                            std::vector<std::uint32_t> indexes) {
  ledger::sort_distinct(indexes);
  std::vector<ledger::Sequence> wanted;
  wanted.reserve(indexes.size());
  for (const auto index : indexes) wanted.push_back(ledger::Sequence{index});

  EventNames names;
  names.names_.reserve(wanted.size());
  TRY(source.read_each(wanted, [&](const ledger::Entry& entry) -> ledger::Status {
    Name name{static_cast<std::uint32_t>(entry.index.value), {}};
    JsonObject object(name.json);
    object.number("index", name.index);
    object.text("source", entry.event->source()->string_view());
    object.text("id", entry.event->id()->string_view());
    object.close();
    names.names_.push_back(std::move(name));
    return ledger::Ok{};
  }));
  return names;
}

void EventNames::append(std::uint32_t index, std::string& out) const {
  const auto at =
      std::lower_bound(names_.begin(), names_.end(), index,
                       [](const Name& name, std::uint32_t wanted) { return name.index < wanted; });
  ledger::check(at != names_.end() && at->index == index, "an event is cited that was not read");
  out += at->json;
}

}  // namespace projections

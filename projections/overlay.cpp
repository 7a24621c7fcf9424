#include "projections/overlay.h"

#include <algorithm>
#include <iterator>
#include <span>

#include "ledger/base/distinct.h"
#include "ledger/codec.h"
#include "ledger/idempotency_key.h"
#include "projections/admission.h"

namespace projections {

using ledger::Entry;
using ledger::Ok;
using ledger::Result;
using ledger::Sequence;
using ledger::Status;

void OverlaySource::exclude(const std::vector<Sequence>& indexes) {
  excluded_.insert(excluded_.end(), indexes.begin(), indexes.end());
  ledger::sort_distinct(excluded_);
}

bool OverlaySource::excludes(Sequence index) const {
  return std::binary_search(excluded_.begin(), excluded_.end(), index);
}

ledger::TreeSize OverlaySource::size() const {
  return {base_.size().value + added_.size()};
}

Result<std::size_t> OverlaySource::add(const ledger::Batch& batch) {
  std::size_t count = 0;
  std::vector<ledger::Error> errors;
  for (std::size_t position = 0; position < batch.count(); ++position) {
    const auto event = TRY(ledger::decode(Sequence{size().value}, batch.entry(position)));
    auto added = add(event);
    if (!added) {
      errors.push_back(std::move(added).error());
      errors.back().position = position;
    } else if (*added) {
      ++count;
    }
  }
  if (errors.empty()) return count;
  auto first = std::move(errors.front());
  first.further.assign(std::make_move_iterator(errors.begin() + 1),
                       std::make_move_iterator(errors.end()));
  return first;
}

// An event supposed stands to have been appended with the last of the log.
Result<std::int64_t> OverlaySource::last_appended_ns() const {
  const auto size = base_.size().value;
  std::int64_t ns = 0;
  if (size == 0) return ns;
  TRY(base_.read_each({Sequence{size - 1}}, [&](const Entry& entry) -> Status {
    ns = entry.event->appended_ns();
    return Ok{};
  }));
  return ns;
}

Result<bool> OverlaySource::add(const Entry& event) {
  const auto source = event.event->source()->string_view();
  const auto id = event.event->id()->string_view();
  if (const auto first = TRY(find(source, id))) {
    bool same = false;
    TRY(read_each({*first}, [&](const Entry& standing) -> Status {
      same = ledger::same_content(standing, event);
      return Ok{};
    }));
    if (same) return false;
    return ledger::Error{
        ledger::ErrorCode::conflict,
        ledger::worded("id: got {}, which stands at index {} with other content, wanted an id of "
                       "its own; to put another event in its place, leave that one out as well",
                       "id：得到 {}，其在序号 {} 处内容不同，应为 自己的编号；"
                       "如需以另一事件取代，请将原事件一并排除",
                       ledger::idempotency_key(source, id), first->value)};
  }
  TRY(admit_supposed(event, *this));

  Added made;
  made.words.resize((event.bytes.size() + sizeof(std::uint64_t) - 1) / sizeof(std::uint64_t));
  const auto bytes = std::as_writable_bytes(std::span(made.words)).first(event.bytes.size());
  std::copy(event.bytes.begin(), event.bytes.end(), bytes.begin());
  ledger::stamp(bytes, TRY(last_appended_ns()), -1);
  made.entry = TRY(ledger::decode(event.index, bytes));
  added_by_key_.emplace(ledger::idempotency_key(source, id), event.index);
  added_.push_back(std::move(made));
  return true;
}

Status OverlaySource::scan(std::optional<ledger::EventType> only, const Visit& visit) const {
  auto next = excluded_.begin();
  TRY(base_.scan(only, [&](const Entry& entry) -> Status {
    while (next != excluded_.end() && *next < entry.index) ++next;
    if (next != excluded_.end() && *next == entry.index) return Ok{};
    return visit(entry);
  }));
  for (const auto& added : added_) {
    if (only && added.entry.type() != *only) continue;
    TRY(visit(added.entry));
  }
  return Ok{};
}

Status OverlaySource::read_each(const std::vector<Sequence>& indexes, const Visit& use) const {
  const Sequence end{base_.size().value};
  const auto own = std::lower_bound(indexes.begin(), indexes.end(), end);
  TRY(base_.read_each({indexes.begin(), own}, use));
  for (auto at = own; at != indexes.end(); ++at) TRY(use(added_[at->value - end.value].entry));
  return Ok{};
}

Result<std::optional<Sequence>> OverlaySource::find(std::string_view source,
                                                    std::string_view id) const {
  const auto added = added_by_key_.find(ledger::idempotency_key(source, id));
  if (added != added_by_key_.end()) return std::optional(added->second);
  auto found = TRY(base_.find(source, id));
  if (found && excludes(*found)) found.reset();
  return found;
}

}  // namespace projections

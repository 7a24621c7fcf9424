#include "projections/what_if.h"

#include <algorithm>
#include <iterator>

#include "ledger/base/distinct.h"
#include "projections/excerpt.h"
#include "projections/reach.h"

namespace projections {
namespace {

using ledger::Entry;
using ledger::Ok;
using ledger::Result;
using ledger::Sequence;
using ledger::Status;

std::vector<Sequence> added_indexes(const EventSource& base, const OverlaySource& overlay) {
  std::vector<Sequence> added;
  for (auto index = base.size().value; index < overlay.size().value; ++index) {
    added.push_back({index});
  }
  return added;
}

// Adds `indexes` of `source` to `reach`; for a void its target, which may lie in either.
Status extend(Reach& reach, const EventSource& source, const EventSource& base,
              const std::vector<Sequence>& indexes) {
  std::vector<Sequence> targets;
  const auto add = [&](const Entry& entry) -> Status {
    if (entry.type() != schema::Payload::EventVoided) {
      reach.add(entry);
      return Ok{};
    }
    const auto target = TRY(base.target_of(entry));
    if (target) targets.push_back(*target);
    return Ok{};
  };
  TRY(source.read_each(indexes, add));
  ledger::sort_distinct(targets);
  return base.read_each(targets, add);
}

}  // namespace

Result<Changes> what_if_all_over(const EventSource& base, const EventSource& overlay,
                                 const Cut& cut, unsigned threads) {
  const auto is = TRY(Replay::run(base, cut, threads));
  const auto would_be = TRY(Replay::run(overlay, cut, threads));
  const auto before = amounts_of(*is);
  const auto after = amounts_of(*would_be);
  return Changes{changed_lines(before, after), overflows_of(before, after)};
}

Result<Changes> what_if(const EventSource& base, const Components& components,
                        const OverlaySource& overlay, const Cut& cut, unsigned threads) {
  const auto added = added_indexes(base, overlay);
  Reach reach(components);
  TRY(extend(reach, base, base, overlay.excluded()));
  TRY(extend(reach, overlay, base, added));
  if (reach.everything()) return what_if_all_over(base, overlay, cut, threads);

  const auto events = reach.events();
  std::vector<Sequence> left;
  std::set_difference(events.begin(), events.end(), overlay.excluded().begin(),
                      overlay.excluded().end(), std::back_inserter(left));
  left.insert(left.end(), added.begin(), added.end());
  const auto is = TRY(Excerpt::of(base, events));
  const auto would_be = TRY(Excerpt::of(overlay, left));
  return what_if_all_over(is, would_be, cut, threads);
}

}  // namespace projections

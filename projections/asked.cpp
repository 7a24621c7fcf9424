#include "projections/asked.h"

#include "projections/reach.h"

namespace projections {
namespace {

using ledger::Result;

// The narrowest of what is given: rows that have all of it are among those.
void add_asked(const Asked& asked, Reach& reach) {
  if (asked.line) {
    // `O1/standard`, `P1/fine` or `VIN/demo`; ids may be the same.
    const auto name = std::string_view(*asked.line).substr(0, asked.line->rfind('/'));
    for (const auto entity : {Entity::order, Entity::penalty, Entity::vehicle}) {
      reach.add(entity, name);
    }
  } else if (asked.order) {
    reach.add(Entity::order, *asked.order);
  } else if (asked.customer) {
    reach.add(Entity::customer, *asked.customer);
  } else if (asked.dealer) {
    reach.add_books(*asked.dealer);
  }
}

}  // namespace

Result<std::optional<PartialReplay>> replay_for(const Asked& asked, const EventSource& source,
                                                const Components& components, Cut cut,
                                                unsigned threads) {
  // An event that this program cannot read fails every replay of the log that holds it.
  const bool readable = components.rules_versions().readable_at(cut.rules->newest());
  if (!asked.anything() || !readable) return std::optional<PartialReplay>();
  Reach reach(components);
  add_asked(asked, reach);
  auto indexes = reach.events();
  PartialReplay part;
  part.events = std::make_unique<const Excerpt>(TRY(Excerpt::of(source, indexes)));
  if (asked.dealer && !asked.order && !asked.customer) {
    TRY(reach.add_approving_dealers(*part.events));
    auto more = reach.events();
    if (more.size() > indexes.size()) {
      part.events = std::make_unique<const Excerpt>(TRY(Excerpt::of(source, more)));
    }
  }
  cut.last_day = components.last_day();
  part.replay = TRY(Replay::run(*part.events, cut, threads));
  return std::optional(std::move(part));
}

}  // namespace projections

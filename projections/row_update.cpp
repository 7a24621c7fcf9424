#include "projections/row_update.h"

#include <algorithm>
#include <iterator>
#include <unordered_set>

#include "ledger/base/distinct.h"
#include "projections/excerpt.h"
#include "projections/reach.h"
#include "projections/row_name.h"

namespace projections {
namespace {

using ledger::Entry;
using ledger::Ok;
using ledger::Result;
using ledger::Sequence;
using ledger::Status;

namespace schema = ledger::schema;
using Sequences = std::vector<Sequence>;

// Rows that stand in, or are judged by, what else is in a dealer's books.
bool need_books(ReadModel model) {
  return model != ReadModel::entitlements && model != ReadModel::clawbacks &&
         model != ReadModel::filings && model != ReadModel::bills;
}

class RowUpdate {
 public:
  RowUpdate(ReadModel model, const Answer& kept, const EventSource& view,
            const Components& components, const UpdateOptions& options)
      : model_(model),
        kept_(kept),
        view_(view),
        components_(components),
        options_(options),
        reach_(components) {
    cut_.last_day = components.last_day();
  }

  Result<std::optional<Answer>> run();

 private:
  Status reach_appended();
  bool reach_outdated();
  Result<bool> reach_books();
  Result<bool> find_touched();
  Status reach_judges();
  Answer merge(ModelRows fresh, std::uint64_t replayed) const;

  Sequences events() const;

  bool is_touched(std::string_view row) const { return touched_.contains(entity_of(model_, row)); }

  ReadModel model_;
  const Answer& kept_;
  const EventSource& view_;
  const Components& components_;
  const UpdateOptions& options_;
  Cut cut_;
  Reach reach_;
  Sequences appended_;                     // and what is voided by them, sorted
  std::unordered_set<EntityKey> touched_;  // the rows of which are printed anew
  std::optional<Excerpt> excerpt_;         // of what is reached
};

Status RowUpdate::reach_appended() {
  for (auto index = kept_.size.value; index < view_.size().value; ++index) {
    appended_.push_back({index});
  }
  Sequences targets;
  const auto add = [&](const Entry& entry) -> Status {
    if (entry.type() != schema::Payload::EventVoided) {
      reach_.add(entry);
      return Ok{};
    }
    const auto& data = entry.payload<schema::EventVoided>();
    const auto target =
        TRY(view_.find(data.target_source()->string_view(), data.target_id()->string_view()));
    if (target) targets.push_back(*target);
    return Ok{};
  };
  TRY(view_.read_each(appended_, add));
  ledger::sort_distinct(targets);
  TRY(view_.read_each(targets, [&](const Entry& entry) -> Status {
    reach_.add(entry);
    return Ok{};
  }));
  appended_.insert(appended_.end(), targets.begin(), targets.end());
  ledger::sort_distinct(appended_);
  return Ok{};
}

// The rows that the as-of date has gone beyond.
bool RowUpdate::reach_outdated() {
  if (kept_.valid_until.empty()) return true;
  const auto as_of = cut_.last_day;
  if (!as_of || !kept_.as_of || *as_of < *kept_.as_of) return false;
  for (std::size_t at = 0; at < kept_.rows.size(); ++at) {
    if (!kept_.valid_until[at] || *kept_.valid_until[at] >= *as_of) continue;
    const auto unit = components_.unit_of(entity_of(model_, kept_.rows[at]));
    if (!unit) return false;
    reach_.add(*unit);
  }
  return true;
}

// What the rows of the reached components come of, and the appended events themselves: a set-off
// is of no component.
Sequences RowUpdate::events() const {
  auto events = reach_.events();
  events.insert(events.end(), appended_.begin(), appended_.end());
  ledger::sort_distinct(events);
  return events;
}

// All books in which something changed: of the dealers that any fact of what is reached names.
Result<bool> RowUpdate::reach_books() {
  const auto indexes = events();
  if (indexes.size() > options_.replayed_max) return false;
  const auto excerpt = TRY(Excerpt::of(view_, indexes));
  const auto replay = TRY(Replay::run(excerpt, cut_, options_.threads));
  const auto& dealers = replay->facts().dealer_names;
  for (std::uint32_t number = 0; number < dealers.size(); ++number) {
    reach_.add_books(dealers[number]);
    touched_.insert(key_of(Entity::books, dealers[number]));
  }
  return true;
}

// Reads what is reached, and of the components the entities.
Result<bool> RowUpdate::find_touched() {
  const auto indexes = events();
  if (indexes.size() > options_.replayed_max) return false;
  excerpt_ = TRY(Excerpt::of(view_, indexes));
  Sequences own;
  for (const auto component : reach_.components()) {
    for (const auto index : components_.events(component)) own.push_back({index});
  }
  ledger::sort_distinct(own);
  EventTies ties;
  TRY(excerpt_->read_each(own, [&](const Entry& entry) -> Status {
    find_ties(entry, ties);
    touched_.insert(ties.joined.begin(), ties.joined.end());
    return Ok{};
  }));
  return true;
}

// Books by which the touched rows are judged, although nothing changed in them.
Status RowUpdate::reach_judges() {
  if (model_ == ReadModel::demos) return reach_.add_approving_dealers(*excerpt_);
  if (model_ != ReadModel::obligations) return Ok{};
  return excerpt_->scan(schema::Payload::OrderCreated, [&](const Entry& entry) -> Status {
    reach_.read_books(entry.payload<schema::OrderCreated>().dealer()->string_view());
    return Ok{};
  });
}

// Both are sorted as printed, and no entity has rows in both.
Answer RowUpdate::merge(ModelRows fresh, std::uint64_t replayed) const {
  Answer merged;
  merged.size = view_.size();
  merged.as_of = cut_.last_day;
  merged.file = kept_.file;
  merged.replayed = replayed;
  merged.printed = std::move(fresh.rows);
  const bool dated = !kept_.valid_until.empty() || !fresh.valid_until.empty();
  std::vector<std::uint32_t> staying;
  for (std::uint32_t at = 0; at < kept_.rows.size(); ++at) {
    if (!is_touched(kept_.rows[at])) staying.push_back(at);
  }
  auto from = staying.begin();
  const auto stay_until = [&](auto end) {
    for (; from != end; ++from) {
      merged.rows.push_back(kept_.rows[*from]);
      if (dated) merged.valid_until.push_back(kept_.valid_until[*from]);
    }
  };
  for (std::size_t at = 0; at < merged.printed.size(); ++at) {
    const std::string_view row = merged.printed[at];
    if (!is_touched(row)) continue;
    stay_until(std::partition_point(from, staying.end(), [&](std::uint32_t kept) {
      return printed_before(model_, kept_.rows[kept], row);
    }));
    merged.rows.push_back(row);
    if (dated) merged.valid_until.push_back(fresh.valid_until[at]);
  }
  stay_until(staying.end());
  return merged;
}

Result<std::optional<Answer>> RowUpdate::run() {
  // An event that this program cannot read fails every replay of the log that holds it.
  if (!components_.rules_versions().readable_at(cut_.rules->newest()))
    return std::optional<Answer>();
  TRY(reach_appended());
  if (reach_.everything() || !kept_.overflows.empty() || !reach_outdated()) {
    return std::optional<Answer>();
  }
  if (need_books(model_) && !TRY(reach_books())) return std::optional<Answer>();
  if (!TRY(find_touched())) return std::optional<Answer>();
  TRY(reach_judges());
  const auto indexes = events();
  if (indexes.size() > options_.replayed_max) return std::optional<Answer>();
  if (indexes.size() > excerpt_->entries().size()) excerpt_ = TRY(Excerpt::of(view_, indexes));
  const auto replay = TRY(Replay::run(*excerpt_, cut_, options_.threads));
  auto fresh = TRY(print_model(*replay, model_));
  if (!fresh.overflows.empty()) return std::optional<Answer>();
  return std::optional(merge(std::move(fresh), indexes.size()));
}

}  // namespace

Result<std::optional<Answer>> update_rows(ReadModel model, const Answer& kept,
                                          const EventSource& view, const Components& components,
                                          const UpdateOptions& options) {
  return RowUpdate(model, kept, view, components, options).run();
}

}  // namespace projections

#include "projections/reach.h"

#include "ledger/base/distinct.h"

namespace projections {

void Reach::add(const ledger::Entry& entry) {
  find_ties(entry, ties_);
  everything_ = everything_ || ties_.to_everything;
  for (const auto key : ties_.joined) {
    if (const auto unit = components_.unit_of(key)) reached_.insert(*unit);
  }
  for (const auto key : ties_.told_of) {
    const auto unit = components_.unit_of(key);
    if (!unit) continue;
    const auto readers = components_.readers(*unit);
    reached_.insert(readers.begin(), readers.end());
  }
  for (const auto key : ties_.read) {
    if (const auto unit = components_.unit_of(key)) read_.insert(*unit);
  }
}

void Reach::add(Entity entity, std::string_view id) {
  if (const auto unit = components_.unit_of(key_of(entity, id))) reached_.insert(*unit);
}

void Reach::add_books(std::string_view dealer) {
  if (const auto books = components_.unit_of(key_of(Entity::books, dealer))) {
    const auto named_by = components_.readers(*books);
    reached_.insert(named_by.begin(), named_by.end());
    read_.insert(*books);
  }
  const auto unit = components_.unit_of(key_of(Entity::dealer, dealer));
  if (unit) read_.insert(*unit);
}

void Reach::read_books(std::string_view dealer) {
  if (const auto books = components_.unit_of(key_of(Entity::books, dealer))) read_.insert(*books);
}

ledger::Status Reach::add_approving_dealers(const EventSource& events) {
  namespace schema = ledger::schema;
  return events.scan(schema::Payload::DemoApproved,
                     [&](const ledger::Entry& entry) -> ledger::Status {
                       add_books(entry.payload<schema::DemoApproved>().dealer()->string_view());
                       return ledger::Ok{};
                     });
}

std::vector<ledger::Sequence> Reach::events() const {
  auto shared = read_;
  std::vector<ledger::Sequence> all;
  const auto add = [&](std::span<const std::uint32_t> indexes) {
    for (const auto index : indexes) all.push_back({index});
  };
  add(components_.events_for_everything());
  for (const auto component : reached_) {
    add(components_.events(component));
    const auto reads = components_.reads(component);
    shared.insert(reads.begin(), reads.end());
  }
  for (const auto unit : shared) add(components_.events(unit));
  ledger::sort_distinct(all);
  return all;
}

}  // namespace projections

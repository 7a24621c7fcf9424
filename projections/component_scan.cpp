#include "projections/component_scan.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "ledger/base/distinct.h"
#include "projections/tied_rows.h"

namespace projections {
namespace {

using ledger::Entry;
using ledger::Ok;
using ledger::Result;
using ledger::Sequence;
using ledger::Status;

namespace schema = ledger::schema;
using Node = std::uint32_t;
constexpr Node no_node = ~Node{0};

// Numbers keys from 0 in order of first appearance.
class KeyNumbers {
 public:
  KeyNumbers() : slots_(64, no_node) {}

  Node number(EntityKey key) {
    auto at = slot_of(key);
    if (slots_[at] != no_node) return slots_[at];
    if (keys_.size() * 2 >= slots_.size()) {
      grow();
      at = slot_of(key);
    }
    const auto made = static_cast<Node>(keys_.size());
    keys_.push_back(key);
    slots_[at] = made;
    return made;
  }

  const std::vector<EntityKey>& keys() const { return keys_; }

 private:
  std::size_t slot_of(EntityKey key) const {
    const auto mask = slots_.size() - 1;
    auto at = static_cast<std::size_t>(key) & mask;
    while (slots_[at] != no_node && keys_[slots_[at]] != key) at = (at + 1) & mask;
    return at;
  }

  void grow() {
    std::vector<Node>(slots_.size() * 2, no_node).swap(slots_);
    for (Node node = 0; node < keys_.size(); ++node) slots_[slot_of(keys_[node])] = node;
  }

  std::vector<EntityKey> keys_;
  std::vector<Node> slots_;  // open addressing, a power of two, at most half full
};

using Pair = std::pair<std::uint32_t, std::uint32_t>;

bool by_index(const Pair& a, const Pair& b) {
  return a.second < b.second;
}

// Gathers what a scan meets, then numbers the units.
class TableBuilder {
 public:
  Status read(const EventSource& source);
  std::shared_ptr<const ComponentTables> build();

 private:
  void add(const Entry& entry);
  Status add_void(const EventSource& source, const Entry& entry);
  void place_voids();
  Node node(EntityKey key);
  Node root(Node node);
  void join(Node a, Node b);
  void number_units();
  RowColumns<Unit> fill_readers();

  KeyNumbers numbers_;
  std::vector<Node> parents_;   // a forest; a root is the least of its tree
  std::vector<bool> is_order_;  // by node
  TiedRows<Node> rows_;         // events by index; of nodes, later of units
  std::vector<Pair> voids_;     // (target, void), by void
  std::vector<Unit> unit_of_;   // by node
  LastDaysBuilder days_;
  std::shared_ptr<ComponentTables> tables_ = std::make_shared<ComponentTables>();
  EventTies ties_;
};

Node TableBuilder::node(EntityKey key) {
  const auto made = numbers_.number(key);
  if (made == parents_.size()) {
    parents_.push_back(made);
    is_order_.push_back(false);
  }
  return made;
}

Node TableBuilder::root(Node node) {
  while (parents_[node] != node) {
    parents_[node] = parents_[parents_[node]];
    node = parents_[node];
  }
  return node;
}

void TableBuilder::join(Node a, Node b) {
  a = root(a);
  b = root(b);
  parents_[std::max(a, b)] = std::min(a, b);
}

void TableBuilder::add(const Entry& entry) {
  find_ties(entry, ties_);
  rows_.add(
      ties_, static_cast<std::uint32_t>(entry.index.value),
      [this](EntityKey key) { return node(key); }, [this](Node a, Node b) { join(a, b); });
  if (ties_.order && !ties_.joined.empty()) is_order_[node(*ties_.order)] = true;
}

// Where the target stands; a foreign log may void what it does not hold.
Status TableBuilder::add_void(const EventSource& source, const Entry& entry) {
  const auto target = TRY(source.target_of(entry));
  if (!target) {
    ++tables_->aimless_voids;
    return Ok{};
  }
  voids_.emplace_back(static_cast<std::uint32_t>(target->value),
                      static_cast<std::uint32_t>(entry.index.value));
  days_.add_void(*target, entry.index);
  return Ok{};
}

Status TableBuilder::read(const EventSource& source) {
  if (source.size().value >= std::numeric_limits<std::uint32_t>::max()) {
    return ledger::Error{ledger::ErrorCode::invalid,
                         ledger::worded("at most 4,294,967,294 events can be told apart; this view "
                                        "has {}. Use --known-at for a smaller one.",
                                        "至多可区分 4,294,967,294 个事件；"
                                        "此日志视图有 {} 个。请用 --known-at 缩小范围。",
                                        source.size().value)};
  }
  tables_->size = static_cast<std::uint32_t>(source.size().value);
  return source.scan(std::nullopt, [&](const Entry& entry) -> Status {
    days_.add(entry);
    tables_->versions.add(entry.event->rules_version());
    if (entry.type() == schema::Payload::EventVoided) return add_void(source, entry);
    add(entry);
    return Ok{};
  });
}

// A void belongs wherever its target does.
void TableBuilder::place_voids() {
  std::vector<Pair> placed;
  std::vector<std::uint32_t> for_all;
  for (const auto& [target, voiding] : voids_) {
    const auto [from, to] =
        std::equal_range(rows_.events.begin(), rows_.events.end(), Pair{0, target}, by_index);
    for (auto at = from; at != to; ++at) placed.emplace_back(at->first, voiding);
    if (std::binary_search(rows_.for_everything.begin(), rows_.for_everything.end(), target)) {
      for_all.push_back(voiding);
    }
  }
  const auto own = static_cast<std::ptrdiff_t>(rows_.events.size());
  rows_.events.insert(rows_.events.end(), placed.begin(), placed.end());
  std::inplace_merge(rows_.events.begin(), rows_.events.begin() + own, rows_.events.end(),
                     by_index);
  rows_.for_everything.insert(rows_.for_everything.end(), for_all.begin(), for_all.end());
  std::sort(rows_.for_everything.begin(), rows_.for_everything.end());
}

// Components with orders, other components, shared units, books: each in order of first
// appearance.
void TableBuilder::number_units() {
  const auto nodes = static_cast<Node>(parents_.size());
  std::vector<bool> holds_order(nodes);
  for (Node at = 0; at < nodes; ++at) {
    if (is_order_[at]) holds_order[root(at)] = true;
  }
  unit_of_.resize(nodes);
  std::uint32_t next = 0;
  const auto number_those = [&](auto&& belongs) {
    for (Node at = 0; at < nodes; ++at) {
      if (parents_[at] == at && belongs(at)) unit_of_[at] = Unit{next++};
    }
    return next;
  };
  const auto key = [&](Node at) { return numbers_.keys()[at]; };
  tables_->with_orders = number_those([&](Node at) { return holds_order[at]; });
  tables_->components = number_those(
      [&](Node at) { return !holds_order[at] && !is_shared(key(at)) && !is_books(key(at)); });
  tables_->shared_end = number_those([&](Node at) { return is_shared(key(at)); });
  tables_->units = number_those([&](Node at) { return is_books(key(at)); });
  for (Node at = 0; at < nodes; ++at) unit_of_[at] = unit_of_[root(at)];
}

// Of shared units by who reads them, of books by who names the dealer.
RowColumns<Unit> TableBuilder::fill_readers() {
  std::vector<std::pair<std::uint32_t, Unit>> readers;
  for (const auto* pairs : {&rows_.reads, &rows_.books}) {
    for (const auto& [component, read] : *pairs) {
      readers.emplace_back(read - tables_->components, Unit{component});
    }
  }
  return row_columns(tables_->units - tables_->components, readers);
}

std::shared_ptr<const ComponentTables> TableBuilder::build() {
  place_voids();
  number_units();
  auto& tables = *tables_;
  tables.last_days = days_.build();
  tables.for_everything = Column(std::move(rows_.for_everything));

  for (auto& [node, index] : rows_.events) node = unit_of_[node].value;
  tables.events = row_columns(tables.units, rows_.events);
  std::vector<Pair>().swap(rows_.events);

  for (auto* pairs : {&rows_.reads, &rows_.books}) {
    for (auto& [node, read] : *pairs) {
      node = unit_of_[node].value;
      read = unit_of_[read].value;
    }
    ledger::sort_distinct(*pairs);
  }
  std::vector<std::pair<std::uint32_t, Unit>> reads;
  for (const auto& [component, read] : rows_.reads) reads.emplace_back(component, Unit{read});
  tables.reads = row_columns(tables.components, reads);
  tables.readers = fill_readers();

  std::vector<std::pair<EntityKey, Unit>> keys;
  keys.reserve(unit_of_.size());
  for (Node at = 0; at < unit_of_.size(); ++at)
    keys.emplace_back(numbers_.keys()[at], unit_of_[at]);
  std::sort(keys.begin(), keys.end());
  std::vector<EntityKey> sorted;
  std::vector<Unit> units;
  for (const auto& [key, unit] : keys) {
    sorted.push_back(key);
    units.push_back(unit);
  }
  tables.keys = Column(std::move(sorted));
  tables.unit_of = Column(std::move(units));
  return std::move(tables_);
}

}  // namespace

Result<std::shared_ptr<const ComponentTables>> scan_components(const EventSource& source) {
  TableBuilder builder;
  TRY(builder.read(source));
  return builder.build();
}

}  // namespace projections

// What of a log exists: a cut of it, and for the causes of a clawback a cut with
// findings set aside or corrections undone. Every question of the naive evaluation is
// a scan of the events of a view.
#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/naive/evaluate.h"
#include "tests/naive/event.h"
#include "tests/naive/pack.h"

namespace naive {

// A log: all its events, and the packs among them.
struct History {
  std::vector<Event> events;
  std::map<std::size_t, Pack> packs;  // by index of the `policy.published`
};

// `events` as `evaluate` takes them; they must outlive the result.
History read_history(const std::vector<boost::json::object>& events);

// Which findings count.
struct FindingsSeen {
  bool none{};
  std::string except_order;  // findings on this order do not count; empty: all count
};

// Whether corrections act, or voided events are back and returns left out.
enum class Corrections { made, undone };

// A finding after all its events: what it says now.
struct Finding {
  std::string id, dealer, order, kind, scope;
  std::set<std::string> vins;
  const Event* confirmed{};  // the confirmation that it rests on
  bool effective{};
};

// Where a delivery put a vehicle.
struct Held {
  std::string order;
  ledger::Date delivered;
};

struct View {
  View(const History& log, const Cut& asked, FindingsSeen findings_seen, Corrections corrections);

  const History* history;
  Cut cut;
  FindingsSeen seen;
  Events events;                      // what exists, earliest first (G8)
  std::optional<ledger::Date> as_of;  // nothing when no event exists

  std::vector<Finding> findings;     // effective and seen, by id
  std::map<std::string, Held> held;  // by VIN: the order that holds it
};

using Fields = std::initializer_list<std::pair<std::string_view, std::string_view>>;
using Types = std::initializer_list<std::string_view>;

// The events of one or more types whose data has all these texts, earliest first.
Events all(const View& view, std::string_view type, Fields fields = {});
Events all(const View& view, Types types, Fields fields = {});
// Those of `events` that happened on `date` or before.
Events until(const Events& events, ledger::Date date);
// Those of `events` whose clock time is not after / is after that of `moment`.
Events up_to_time(const Events& events, const Event& moment);
Events after_time(const Events& events, const Event& moment);
// Nothing when there are none.
const Event* first(const Events& events);
const Event* last(const Events& events);

// Whether `a` is earlier than `b`: by business date, then by log index (G8).
bool earlier(const Event& a, const Event& b);

// Of the events of a type that state the same fact, told by `keys`, the latest (G9).
Events standing(const View& view, std::string_view type,
                std::initializer_list<std::string_view> keys);

// The VINs genuine on `order`, with the dates of their deliveries.
std::map<std::string, ledger::Date> genuine(const View& view, std::string_view order);
std::vector<Finding> findings_on(const View& view, std::string_view order);
// A finding whose confirmation or raising exists, effective or not.
std::optional<std::string> order_of_finding(const View& view, std::string_view finding);
bool demo_car(const View& view, std::string_view vin);

}  // namespace naive

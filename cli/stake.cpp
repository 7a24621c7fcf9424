#include "cli/stake.h"

#include <algorithm>
#include <boost/json.hpp>

#include "ledger/codec.h"
#include "projections/models.h"

namespace cli {
namespace {

namespace json = boost::json;
namespace schema = ledger::schema;

std::string text_at(const json::object& object, std::string_view key) {
  const auto* const value = object.if_contains(key);
  return value == nullptr || !value->is_string() ? std::string() : std::string(value->get_string());
}

std::int64_t fen_at(const json::object& object, std::string_view key) {
  const auto* const value = object.if_contains(key);
  return value == nullptr ? 0 : value->to_number<std::int64_t>();
}

// The orders that an event names.
void add_orders(const ledger::Entry& entry, std::vector<std::string>& orders) {
  std::string text;
  ledger::append_json(entry, text);
  const auto event = json::parse(text).as_object();
  const auto& data = event.at("data").as_object();
  if (auto order = text_at(data, "order"); !order.empty()) orders.push_back(std::move(order));
  const auto* const list = data.if_contains("orders");
  if (list == nullptr || !list->is_array()) return;
  for (const auto& order : list->get_array()) orders.emplace_back(order.as_string());
}

}  // namespace

ledger::Result<Stake> Stake::of(const Salvage& sound) {
  Stake stake(sound);
  const auto replay = TRY(projections::Replay::run(sound, {}, 1));
  const auto printed = TRY(projections::print_model(*replay, projections::ReadModel::entitlements));
  for (const auto& row : printed.rows) {
    const auto object = json::parse(row).as_object();
    stake.lines_.push_back(
        {.line = text_at(object, "line"),
         .order = text_at(object, "order"),
         .dealer = text_at(object, "dealer"),
         .customer = text_at(object, "customer"),
         .policy = text_at(object, "policy"),
         .fen = std::max(fen_at(object, "entitled_fen"), fen_at(object, "granted_fen"))});
  }
  return stake;
}

// Orders that the stream's other events name, or that were filed under it.
ledger::Result<std::vector<std::string>> Stake::orders_of(std::string_view subject) const {
  std::vector<std::string> orders;
  TRY(sound_->stream(subject, [&](const ledger::Entry& entry) -> ledger::Status {
    add_orders(entry, orders);
    return ledger::Ok{};
  }));
  if (!subject.starts_with("filing/")) return orders;
  const auto filing = subject.substr(subject.find('/') + 1);
  TRY(sound_->scan(schema::Payload::OrderCreated,
                   [&](const ledger::Entry& entry) -> ledger::Status {
                     const auto& order = entry.payload<schema::OrderCreated>();
                     if (order.filing() != nullptr && order.filing()->string_view() == filing) {
                       orders.emplace_back(order.order()->string_view());
                     }
                     return ledger::Ok{};
                   }));
  return orders;
}

ledger::Result<Dependents> Stake::of_stream(std::string_view subject) const {
  const auto slash = std::min(subject.find('/'), subject.size());
  const auto kind = subject.substr(0, slash);
  const auto key = subject.substr(std::min(slash + 1, subject.size()));
  auto orders = TRY(orders_of(subject));
  if (kind == "order") orders.emplace_back(key);
  Dependents dependents;
  for (const auto& line : lines_) {
    const bool named = (kind == "dealer" && line.dealer == key) ||
                       (kind == "customer" && line.customer == key) ||
                       (kind == "policy" && line.policy == key);
    if (!named && std::find(orders.begin(), orders.end(), line.order) == orders.end()) continue;
    dependents.lines.push_back(line.line);
    dependents.fen += line.fen;
  }
  return dependents;
}

}  // namespace cli

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
void add_orders(const ledger::Entry& entry, std::set<std::string>& orders) {
  std::string text;
  ledger::append_json(entry, text);
  const auto event = json::parse(text).as_object();
  const auto& data = event.at("data").as_object();
  if (auto order = text_at(data, "order"); !order.empty()) orders.insert(std::move(order));
  const auto* const list = data.if_contains("orders");
  if (list == nullptr || !list->is_array()) return;
  for (const auto& order : list->get_array()) orders.emplace(order.as_string());
}

}  // namespace

ledger::Result<Stake> Stake::of(const Salvage& sound, const std::set<std::string>& subjects) {
  std::vector<Line> lines;
  const auto replay = TRY(projections::Replay::run(sound, {}, 1));
  const auto printed = TRY(projections::print_model(*replay, projections::ReadModel::entitlements));
  for (const auto& row : printed.rows) {
    const auto object = json::parse(row).as_object();
    lines.push_back({.line = text_at(object, "line"),
                     .order = text_at(object, "order"),
                     .dealer = text_at(object, "dealer"),
                     .customer = text_at(object, "customer"),
                     .policy = text_at(object, "policy"),
                     .fen = std::max({fen_at(object, "entitled_fen"), fen_at(object, "granted_fen"),
                                      fen_at(object, "issued_fen")})});
  }
  return Stake(std::move(lines), TRY(orders_of(sound, subjects)));
}

// Orders that the other events of a stream name, or that name the filing it is about. The
// stream index is not asked: the way along it may lead through what is damaged.
ledger::Result<Stake::Orders> Stake::orders_of(const Salvage& sound,
                                               const std::set<std::string>& subjects) {
  Orders orders;
  TRY(sound.scan(std::nullopt, [&](const ledger::Entry& entry) -> ledger::Status {
    const std::string subject(entry.event->subject()->string_view());
    if (subjects.contains(subject)) add_orders(entry, orders[subject]);
    if (entry.type() != schema::Payload::OrderCreated) return ledger::Ok{};
    const auto& order = entry.payload<schema::OrderCreated>();
    if (order.filing() == nullptr) return ledger::Ok{};
    const auto filing = "filing/" + std::string(order.filing()->string_view());
    if (subjects.contains(filing)) orders[filing].emplace(order.order()->string_view());
    return ledger::Ok{};
  }));
  return orders;
}

Dependents Stake::of_stream(const std::string& subject) const {
  const auto slash = std::min(subject.find('/'), subject.size());
  const auto kind = subject.substr(0, slash);
  const auto key = subject.substr(std::min(slash + 1, subject.size()));
  const auto found = orders_.find(subject);
  Dependents dependents;
  for (const auto& line : lines_) {
    const bool named =
        (kind == "order" && line.order == key) || (kind == "dealer" && line.dealer == key) ||
        (kind == "customer" && line.customer == key) || (kind == "policy" && line.policy == key);
    if (!named && (found == orders_.end() || !found->second.contains(line.order))) continue;
    dependents.lines.push_back(line.line);
    dependents.fen += line.fen;
  }
  return dependents;
}

}  // namespace cli

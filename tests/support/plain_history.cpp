#include "tests/support/plain_history.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "tests/support/subject.h"

namespace test {
namespace {

std::string instant(const std::string& when) {
  constexpr std::size_t date_length = 10;
  return when + (when.size() == date_length ? "T10:00:00+08:00" : "+08:00");
}

boost::json::object merged(boost::json::object data, const boost::json::object& more) {
  for (const auto& [key, value] : more) data[key] = value;
  return data;
}

}  // namespace

std::string PlainHistory::tell(const std::string& type, const std::string& when,
                               boost::json::object data, const std::string& recorded) {
  auto id = "e" + std::to_string(lines_.size());
  boost::json::object event;
  event["specversion"] = "1.0";
  event["id"] = id;
  event["source"] = "hq";
  event["type"] = type;
  event["subject"] = subject_of(type, data);
  event["time"] = instant(when);
  event["recordedtime"] = instant(recorded.empty() ? when : recorded);
  event["data"] = std::move(data);
  lines_.push_back(boost::json::serialize(event));
  return id;
}

void PlainHistory::publish(const std::string& policy, int version, const std::string& document) {
  tell("policy.published", "2017-01-01",
       {{"policy", policy}, {"version", version}, {"document", document}});
}

void PlainHistory::void_event(const std::string& id, const std::string& when) {
  tell("event.voided", when,
       {{"target_source", "hq"},
        {"target_id", id},
        {"reason", "误录"},
        {"evidence", boost::json::array()}});
}

FleetHistory::FleetHistory(const std::string& policy, const std::string& pack) {
  publish(policy, 1, pack);
  for (const std::string dealer : {"D1", "D2"}) {
    tell("dealer.authorised", "2016-01-01",
         {{"dealer", dealer}, {"name", dealer}, {"region", "华东"}, {"level", 1}});
  }
  for (const std::string customer : {"C1", "C2"}) {
    tell("customer.registered", "2017-01-02",
         {{"customer", customer}, {"name", "某公司"}, {"class", "enterprise"}});
  }
  tell("filing.submitted", "2017-01-03", {{"filing", "F1"}, {"dealer", "D1"}, {"customer", "C1"}});
  tell("filing.confirmed", "2017-01-04", {{"filing", "F1"}, {"customer_code", "K1"}});
}

void FleetHistory::order(const std::string& order, const std::string& when, int quantity,
                         const boost::json::object& more) {
  bare_order(merged({{"order", order},
                     {"dealer", "D1"},
                     {"customer", "C1"},
                     {"filing", "F1"},
                     {"quantity", quantity},
                     {"channel", "dealer"}},
                    more),
             when);
  approve(order, "standard", when);
}

void FleetHistory::bare_order(const boost::json::object& data, const std::string& when) {
  tell("order.created", when, data);
}

void FleetHistory::approve(const std::string& order, const std::string& kind,
                           const std::string& when, std::int64_t rate_fen) {
  boost::json::object data{
      {"order", order}, {"kind", kind}, {"decision", "approved"}, {"approver_role", "fleet_dept"}};
  if (kind == "special") data["rate_fen"] = rate_fen;
  tell("order.support_decided", when, data);
}

std::string FleetHistory::hand_over(const std::string& order, const std::string& when) {
  auto vin = "LFBED21A0HA" + std::to_string(100'000 + vehicles_++);
  tell("vehicle.delivered", when, {{"vin", vin}, {"order", order}, {"dealer", "D1"}});
  return vin;
}

std::vector<std::string> FleetHistory::deliver(const std::string& order, int count,
                                               const std::string& when) {
  std::vector<std::string> vins;
  for (int at = 0; at < count; ++at) {
    vins.push_back(hand_over(order, when));
    tell("vehicle.registered", when,
         {{"vin", vins.back()}, {"plate", "沪AD12345"}, {"owner", "C"}});
    tell("subsidy.applied", when,
         {{"vin", vins.back()}, {"programme", "local"}, {"authority", "上海"}, {"amount_fen", 1}});
  }
  tell("order.status_entered", when, {{"order", order}, {"status", "delivered"}});
  return vins;
}

void FleetHistory::grant(const std::string& order, const std::string& kind, std::int64_t fen,
                         const std::string& when) {
  tell("settlement.approved", when,
       {{"settlement", "S" + std::to_string(++grants_)},
        {"order", order},
        {"kind", kind},
        {"stage", "interim"},
        {"amount_fen", fen}});
}

boost::json::array some_evidence() {
  return {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"};
}

}  // namespace test

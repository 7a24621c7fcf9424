// Filing, agreement, application: N6.1 to N6.4, each on both sides of its bound.
#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "tests/projections/clauses/judged.h"

namespace test {
namespace {

namespace json = boost::json;

using Conditions = std::vector<std::string>;

// An order under a filing of 2017-02-01 that names an agent with this authority.
Conditions bought_through_agent(const char* from, const char* to, const json::array& evidence,
                                const char* authorised = "采购中心") {
  auto history = fleet_history();
  history.tell("filing.submitted", "2017-02-01",
               {{"filing", "F2"}, {"dealer", "D1"}, {"customer", "C1"}, {"agent", "采购中心"}});
  history.tell("filing.confirmed", "2017-02-02", {{"filing", "F2"}, {"customer_code", "K1"}});
  history.order("O1", "2017-03-01", 1, {{"filing", "F2"}});
  history.tell("customer.agent_authorised", "2017-09-01",
               {{"customer", "C1"},
                {"agent", authorised},
                {"valid_from", from},
                {"valid_to", to},
                {"evidence", evidence}});
  return unmet_of(history, "O1/standard");
}

// The filing F2 of D1 for C2, confirmed on this day, in the calendar of 2017's October.
FleetHistory filed(const char* confirmed) {
  auto history = fleet_history();
  history.tell("calendar.published", "2017-01-01",
               {{"year", 2017},
                {"holidays",
                 {"2017-10-01", "2017-10-02", "2017-10-03", "2017-10-04", "2017-10-05",
                  "2017-10-06", "2017-10-07", "2017-10-08"}},
                {"workdays", {"2017-01-22", "2017-09-30"}}});
  history.tell("filing.submitted", "2017-01-05",
               {{"filing", "F2"}, {"dealer", "D1"}, {"customer", "C2"}});
  history.tell("filing.confirmed", confirmed, {{"filing", "F2"}, {"customer_code", "K2"}});
  return history;
}

json::object filing_of(const FleetHistory& history, const char* date) {
  return row_of(history, "filings", "F2", as_of(date));
}

// What is accumulated for an order of this day under an agreement signed then, 40 vehicles of
// another project having been delivered on 2017-12-15.
std::int64_t prior_under_agreement(const char* signing, const char* ordered,
                                   const char* uploaded = "2017-12-01",
                                   const char* terminated = nullptr) {
  auto pack = changed_pack("nev-fleet-2017", "\"policy-year\"", "\"agreement\"");
  const std::string end = "effective_to = 2017-12-31";
  pack.replace(pack.find(end), end.size(), "effective_to = 2019-12-31");
  FleetHistory history("nev-fleet-2017", pack);
  history.order("O1", "2017-12-10", 40);
  history.deliver("O1", 40, "2017-12-15");
  history.tell("agreement.signed", signing,
               {{"agreement", "A1"}, {"dealer", "D1"}, {"customer", "C1"}, {"quantity", 100}});
  history.tell("agreement.uploaded", uploaded,
               {{"agreement", "A1"}, {"scan", some_evidence().front()}});
  if (terminated != nullptr)
    history.tell("agreement.terminated", terminated, {{"agreement", "A1"}, {"reason", "r"}});
  history.order("O2", ordered, 1, {{"agreement", "A1"}});
  return line_of(history, "O2/standard").at("prior").as_int64();
}

// The state of the one obligation of this name.
std::string state_of(const PlainHistory& history, const char* obligation,
                     const projections::Cut& cut = {}) {
  return std::string(row_of(history, "obligations", obligation, cut).at("state").as_string());
}

}  // namespace

TEST_CASE("N6.1: the first and the last day of an agent's authority are in it") {
  const auto evidence = some_evidence();
  CHECK(bought_through_agent("2017-02-01", "2017-02-01", evidence).empty());
  CHECK(bought_through_agent("2017-01-01", "2017-02-01", evidence).empty());
  CHECK(bought_through_agent("2017-01-01", "2017-01-31", evidence) ==
        Conditions{"agent_not_authorised"});
  CHECK(bought_through_agent("2017-02-02", "2017-12-31", evidence) ==
        Conditions{"agent_not_authorised"});
}

TEST_CASE("N6.1: an authority needs evidence and this agent's name") {
  CHECK(bought_through_agent("2017-01-01", "2017-12-31", {}) == Conditions{"agent_not_authorised"});
  CHECK(bought_through_agent("2017-01-01", "2017-12-31", some_evidence(), "别的中心") ==
        Conditions{"agent_not_authorised"});
}

TEST_CASE("N6.2: confirmed at the order's very second is in time, one second later is late") {
  const auto [confirmed, unmet] = GENERATE(table<const char*, Conditions>(
      {{"2017-03-01T10:00:00", {}}, {"2017-03-01T10:00:01", {"filed_late"}}}));
  auto history = fleet_history();
  history.tell("filing.submitted", "2017-02-01",
               {{"filing", "F2"}, {"dealer", "D1"}, {"customer", "C1"}});
  history.tell("filing.confirmed", confirmed, {{"filing", "F2"}, {"customer_code", "K1"}});
  history.order("O1", "2017-03-01T10:00:00", 1, {{"filing", "F2"}});
  CHECK(unmet_of(history, "O1/standard") == unmet);
}

TEST_CASE("N6.2: an order without a filing, or under one that is not confirmed, earns nothing") {
  auto history = fleet_history();
  history.bare_order({{"order", "O1"},
                      {"dealer", "D1"},
                      {"customer", "C1"},
                      {"quantity", 1},
                      {"channel", "dealer"}},
                     "2017-03-01");
  history.approve("O1", "standard", "2017-03-01");
  CHECK(unmet_of(history, "O1/standard") == Conditions{"not_filed"});
  history.tell("filing.submitted", "2017-02-01",
               {{"filing", "F2"}, {"dealer", "D1"}, {"customer", "C1"}});
  history.tell("filing.region_reviewed", "2017-02-02",
               {{"filing", "F2"}, {"decision", "approved"}});
  history.order("O2", "2017-03-01", 1, {{"filing", "F2"}});
  CHECK(unmet_of(history, "O2/standard") == Conditions{"not_filed"});
}

TEST_CASE("N6.2: released or rejected up to the order, a filing no longer holds; later, it did") {
  const auto* const ending = GENERATE("filing.released", "filing.rejected");
  const auto [ended, unmet] = GENERATE(table<const char*, Conditions>(
      {{"2017-03-01T10:00:00", {"not_filed"}}, {"2017-03-01T10:00:01", {}}}));
  auto history = fleet_history();
  history.tell(ending, ended, {{"filing", "F1"}, {"reason", "r"}});
  history.order("O1", "2017-03-01T10:00:00", 1);
  CHECK(unmet_of(history, "O1/standard") == unmet);
}

TEST_CASE("N6.2: who holds the filing at the order's time may order under it") {
  const auto [reassigned, unmet] = GENERATE(table<const char*, Conditions>(
      {{"2017-03-01T10:00:00", {"filing_other_dealer"}}, {"2017-03-01T10:00:01", {}}}));
  auto history = fleet_history();
  history.tell("filing.reassigned", reassigned, {{"filing", "F1"}, {"to_dealer", "D2"}});
  history.order("O1", "2017-03-01T10:00:00", 1);
  CHECK(unmet_of(history, "O1/standard") == unmet);
}

TEST_CASE("N6.2: a filing is for its customer") {
  auto history = fleet_history();
  history.order("O1", "2017-03-01", 1, {{"customer", "C2"}});
  CHECK(unmet_of(history, "O1/standard") == Conditions{"filing_other_customer"});
}

TEST_CASE(
    "N6.2: protection lasts exactly three months, and over a holiday to the next working day") {
  const auto [confirmed, last, after] = GENERATE(
      table<const char*, const char*, const char*>({{"2017-03-01", "2017-06-01", "2017-06-02"},
                                                    {"2017-11-30", "2018-02-28", "2018-03-01"},
                                                    {"2017-07-03", "2017-10-09", "2017-10-10"}}));
  const auto history = filed(confirmed);
  CHECK(filing_of(history, last).at("protected_until") == last);
  CHECK(filing_of(history, last).at("state") == "confirmed");
  CHECK(filing_of(history, after).at("state") == "expired");
}

TEST_CASE(
    "N6.2: another dealer's order on the last protected day conflicts, a day later does not") {
  const auto [ordered, conflicts] =
      GENERATE(table<const char*, json::array>({{"2017-03-01T09:59:59", {}},
                                                {"2017-03-01T10:00:00", {"O1"}},
                                                {"2017-06-01T23:59:59", {"O1"}},
                                                {"2017-06-02T00:00:00", {}}}));
  auto history = filed("2017-03-01T10:00:00");
  history.order("O1", ordered, 1, {{"dealer", "D2"}, {"customer", "C2"}});
  CHECK(row_of(history, "filings", "F2").at("conflicts") == conflicts);
}

TEST_CASE("N6.2: progress reported by the first of the month is in time, on the second is missed") {
  const auto [reported, missed] =
      GENERATE(table<const char*, json::array>({{"2017-04-01T23:59:59", {"2017-05-01"}},
                                                {"2017-04-03T23:59:59", {"2017-05-01"}},
                                                {"2017-04-04T00:00:00", {"2017-04-03"}}}));
  // 1 April 2017 is a Saturday, so that the report is due on Monday the 3rd.
  auto history = filed("2017-03-15");
  history.tell("filing.progress_reported", "2017-03-20",
               {{"filing", "F2"}, {"stage", "洽谈"}, {"form", some_evidence().front()}}, reported);
  CHECK(filing_of(history, "2017-05-02").at("missed_progress") == missed);
}

TEST_CASE("N6.3: signed on 30 June an agreement ends with the year, on 1 July with the next") {
  // Within the agreement the vehicles of 2017 count for an order of 2018; else they do not.
  CHECK(prior_under_agreement("2017-06-30T23:59:59", "2018-01-01") == 0);
  CHECK(prior_under_agreement("2017-07-01T00:00:00", "2018-01-01") == 40);
  CHECK(prior_under_agreement("2017-07-01", "2018-12-31T23:59:59") == 40);
  CHECK(prior_under_agreement("2017-07-01", "2019-01-01") == 0);
}

TEST_CASE("N6.3: an agreement holds from its upload on, and not on the day it is terminated") {
  CHECK(prior_under_agreement("2017-07-01", "2018-03-01", "2018-03-01T23:00:00") == 40);
  CHECK(prior_under_agreement("2017-07-01", "2018-03-01", "2018-03-02T00:00:00") == 0);
  CHECK(prior_under_agreement("2017-07-01", "2018-03-01", "2017-12-01", "2018-03-02") == 40);
  CHECK(prior_under_agreement("2017-07-01", "2018-03-01", "2017-12-01", "2018-03-01") == 0);
}

TEST_CASE("N6.3: deliveries count from the day the agreement was signed") {
  CHECK(prior_under_agreement("2017-12-15T23:00:00", "2018-03-01", "2017-12-20") == 40);
  CHECK(prior_under_agreement("2017-12-16", "2018-03-01", "2017-12-20") == 0);
}

TEST_CASE("N6.4: answered after 48:00:00 hours is in time, after 48:00:01 late") {
  const auto [answered, state] = GENERATE(table<const char*, const char*>(
      {{"2017-03-03T10:00:00", "met"}, {"2017-03-03T10:00:01", "late"}}));
  auto history = fleet_history();
  history.tell("dealer.manager_assigned", "2017-01-01", {{"dealer", "D1"}, {"person", "王"}});
  history.bare_order({{"order", "O1"},
                      {"dealer", "D1"},
                      {"customer", "C1"},
                      {"quantity", 1},
                      {"channel", "dealer"}},
                     "2017-03-01");
  history.tell("order.support_requested", "2017-02-01", {{"order", "O1"}, {"kind", "standard"}},
               "2017-03-01T10:00:00");
  history.tell("order.support_decided", "2017-02-02",
               {{"order", "O1"},
                {"kind", "standard"},
                {"decision", "rejected"},
                {"approver_role", "fleet_dept"}},
               answered);
  CHECK(state_of(history, "support_48h") == state);
}

TEST_CASE("N6.4: unanswered, a request is open on the day it is due and overdue the day after") {
  auto history = fleet_history();
  history.order("O1", "2017-03-01", 1);
  history.tell("order.support_requested", "2017-03-01", {{"order", "O1"}, {"kind", "special"}});
  CHECK(state_of(history, "support_48h", as_of("2017-03-03")) == "open");
  CHECK(state_of(history, "support_48h", as_of("2017-03-04")) == "overdue");
}

TEST_CASE("N6.4: without an approval, or with a rejection after it, nothing is due") {
  auto history = fleet_history();
  history.order("O1", "2017-03-01", 1);
  history.deliver("O1", 1, "2017-03-02");
  CHECK(unmet_of(history, "O1/standard").empty());
  history.tell("order.support_decided", "2017-03-05",
               {{"order", "O1"},
                {"kind", "standard"},
                {"decision", "rejected"},
                {"approver_role", "fleet_dept"}});
  CHECK(unmet_of(history, "O1/standard") == Conditions{"not_approved"});
  CHECK(fen(line_of(history, "O1/standard"), "entitled_fen") == 0);
}

}  // namespace test

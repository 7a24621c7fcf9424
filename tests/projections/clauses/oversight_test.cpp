// Rewards, head office's own sales, fines and falsehood: N8.1 to N8.4, each on both sides of
// its bound.
#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "tests/projections/clauses/judged.h"

namespace test {
namespace {

namespace json = boost::json;

using Conditions = std::vector<std::string>;

constexpr std::int64_t yuan = 100;

// A tender won, with a vehicle invoiced at this price.
FleetHistory tender(std::int64_t price_fen, int rate_bp, bool national = true, bool informed = true,
                    bool took_part = true) {
  auto history = fleet_history();
  history.order("O1", "2017-03-01", 1);
  const auto vin = history.hand_over("O1", "2017-03-02");
  history.tell("vehicle.invoiced", "2017-03-02",
               {{"vin", vin},
                {"order", "O1"},
                {"dealer", "D1"},
                {"invoice", "I1"},
                {"price_fen", price_fen},
                {"model", "M"}});
  history.tell("reward.tender_won", "2017-03-01",
               {{"order", "O1"},
                {"dealer", "D1"},
                {"national", national},
                {"informed", informed},
                {"took_part", took_part}});
  history.tell("reward.decided", "2017-03-05",
               {{"order", "O1"}, {"dealer", "D1"}, {"rate_bp", rate_bp}});
  return history;
}

void find_false(FleetHistory& history, const char* finding, const json::array& vins,
                const char* scope = "order", const char* kind = "false_claim") {
  history.tell("finding.confirmed", "2017-05-01",
               {{"finding", finding},
                {"dealer", "D1"},
                {"order", "O1"},
                {"kind", kind},
                {"scope", scope},
                {"vins", vins}});
}

void fine(FleetHistory& history, const char* penalty, std::int64_t amount_fen,
          const char* on = "2017-06-01", const char* what = "finding") {
  history.tell("penalty.imposed", on,
               {{"penalty", penalty}, {"dealer", "D1"}, {what, "X1"}, {"amount_fen", amount_fen}});
}

json::object fine_row(const FleetHistory& history, const char* penalty) {
  return row_of(history, "clawbacks", std::string(penalty) + "/fine");
}

}  // namespace

TEST_CASE("N8.1: a reward of 0.5 % and one of 3 % are within bounds, a point beyond is not") {
  const auto [bp, unmet] = GENERATE(table<int, Conditions>(
      {{49, {"rate_out_of_range"}}, {50, {}}, {300, {}}, {301, {"rate_out_of_range"}}}));
  const auto history = tender(10'000'000, bp);
  CHECK(unmet_of(history, "O1/reward") == unmet);
  CHECK(fen(line_of(history, "O1/reward"), "entitled_fen") == (unmet.empty() ? bp * 1'000 : 0));
}

TEST_CASE("N8.1: a reward rounds half a fen away from zero") {
  // 0.5 % of 99 fen is 0.495, of 100 fen 0.5.
  CHECK(fen(line_of(tender(99, 50), "O1/reward"), "entitled_fen") == 0);
  CHECK(fen(line_of(tender(100, 50), "O1/reward"), "entitled_fen") == 1);
}

TEST_CASE("N8.1: national, informed and taken part, all three") {
  CHECK(unmet_of(tender(1, 50, false, true, true), "O1/reward") == Conditions{"not_tender"});
  CHECK(unmet_of(tender(1, 50, true, false, true), "O1/reward") == Conditions{"not_tender"});
  CHECK(unmet_of(tender(1, 50, true, true, false), "O1/reward") == Conditions{"not_tender"});
}

TEST_CASE("N8.2: head office's own sale earns a fee a vehicle, counts to the target, and no more") {
  const auto* const channel = GENERATE("hq_direct", "dealer");
  const bool direct = std::string(channel) == "hq_direct";
  auto history = fleet_history();
  history.order("O1", "2017-03-01", 2, {{"channel", channel}});
  history.deliver("O1", 2, "2017-03-02");
  history.grant("O1", "floating_rebate", 500, "2017-04-01");
  history.grant("O1", "delivery_fee", 1, "2017-04-01");
  const auto fee = line_of(history, "O1/delivery_fee");
  CHECK(fen(fee, "entitled_fen") == (direct ? 2 * 3'000 * yuan : 0));
  CHECK(unmet_of(history, "O1/delivery_fee") ==
        (direct ? Conditions{} : Conditions{"wrong_channel"}));
  CHECK(unmet_of(history, "O1/standard") == (direct ? Conditions{"wrong_channel"} : Conditions{}));
  CHECK(fen(line_of(history, "O1/floating_rebate"), "over_fen") == (direct ? 500 : 0));
  CHECK(row_of(history, "targets", "D1").at("hq_direct") == (direct ? 2 : 0));
  CHECK(row_of(history, "targets", "D1").at("counted") == 2);
}

TEST_CASE("N8.3: the fine for a complaint is exactly 10,000, on fault and major loss, once") {
  const auto [amount, at_fault, major, due, out] = GENERATE(
      table<std::int64_t, bool, bool, bool, bool>({{999'999, true, true, false, true},
                                                   {1'000'000, true, true, true, false},
                                                   {1'000'001, true, true, false, true},
                                                   {1'000'000, false, true, false, false},
                                                   {1'000'000, true, false, false, false}}));
  auto history = fleet_history();
  history.order("O1", "2017-03-01", 1);
  history.tell("complaint.opened", "2017-05-01",
               {{"complaint", "X1"}, {"dealer", "D1"}, {"order", "O1"}});
  history.tell("complaint.adjudicated", "2017-05-02",
               {{"complaint", "X1"}, {"dealer_at_fault", at_fault}, {"major_loss", major}});
  fine(history, "P1", amount, "2017-06-01", "complaint");
  fine(history, "P2", 1'000'000, "2017-06-02", "complaint");
  CHECK(fen(fine_row(history, "P1"), "due_fen") == (due ? amount : 0));
  CHECK(fine_row(history, "P1").at("out_of_range") == out);
  CHECK(fine_row(history, "P1").at("clause") == "N8.3");
  // The second is due where the first was none that could be.
  CHECK(fen(fine_row(history, "P2"), "due_fen") == (at_fault && major && out ? 1'000'000 : 0));
}

TEST_CASE("N8.4: a fine of 5,000 and one of 50,000 are within bounds, a fen beyond is not") {
  const auto [amount, within] = GENERATE(table<std::int64_t, bool>(
      {{499'999, false}, {500'000, true}, {5'000'000, true}, {5'000'001, false}}));
  auto history = fleet_history();
  history.order("O1", "2017-03-01", 1);
  find_false(history, "X1", {});
  fine(history, "P1", amount);
  CHECK(fine_row(history, "P1").at("out_of_range") == !within);
  CHECK(fen(fine_row(history, "P1"), "due_fen") == (within ? amount : 0));
  CHECK(fen(row_of(history, "balances", "D1"), "receivable_fen") == (within ? amount : 0));
}

TEST_CASE("N8.4: one fine is due on a finding, the first within range, while the finding stands") {
  auto history = fleet_history();
  history.order("O1", "2017-03-01", 1);
  find_false(history, "X1", {});
  fine(history, "P2", 600'000, "2017-06-02");
  fine(history, "P1", 499'999, "2017-06-01");
  fine(history, "P3", 700'000, "2017-06-03");
  CHECK(fen(fine_row(history, "P1"), "due_fen") == 0);
  CHECK(fen(fine_row(history, "P2"), "due_fen") == 600'000);
  CHECK(fen(fine_row(history, "P3"), "due_fen") == 0);
  history.tell("appeal.decided", "2017-07-01",
               {{"appeal", "A1"}, {"finding", "X1"}, {"outcome", "reversed"}});
  CHECK(fen(fine_row(history, "P2"), "due_fen") == 0);
}

TEST_CASE("N8.4: a false claim of the whole order takes everything, of a vehicle only that one") {
  const auto [scope, kind, left] = GENERATE(table<const char*, const char*, int>(
      {{"order", "false_claim", 0}, {"vehicle", "false_claim", 1}, {"order", "ineligible", 1}}));
  auto history = fleet_history();
  history.order("O1", "2017-03-01", 2);
  const auto vins = history.deliver("O1", 2, "2017-03-02");
  history.grant("O1", "standard", 400'000, "2017-04-01");
  find_false(history, "X1", {vins[0]}, scope, kind);
  const auto line = line_of(history, "O1/standard");
  CHECK(fen(line, "entitled_fen") == left * 200'000);
  CHECK(fen(line, "over_fen") == 400'000 - left * 200'000);
  CHECK(fen(row_of(history, "clawbacks", "O1/standard"), "direct_fen") == fen(line, "over_fen"));
}

TEST_CASE("N8.4: a false claim costs reward and fee too, and the award of the order's year") {
  auto history = tender(10'000'000, 100);
  CHECK(fen(line_of(history, "O1/reward"), "entitled_fen") == 100'000);
  CHECK(row_of(history, "targets", "D1").at("award_lost") == false);
  history.order("O2", "2017-03-01", 1, {{"channel", "hq_direct"}});
  history.deliver("O2", 1, "2017-03-02");
  find_false(history, "X1", {});
  history.tell("finding.confirmed", "2018-05-01",
               {{"finding", "X2"},
                {"dealer", "D1"},
                {"order", "O2"},
                {"kind", "false_claim"},
                {"scope", "order"},
                {"vins", json::array()}});
  CHECK(unmet_of(history, "O1/reward") == Conditions{"false_order"});
  CHECK(unmet_of(history, "O2/delivery_fee") == Conditions{"false_order"});
  const auto target = row_of(history, "targets", "D1");
  CHECK(target.at("year") == 2017);
  CHECK(target.at("award_lost") == true);
}

TEST_CASE("N8.4: an ineligible finding costs no award") {
  auto history = fleet_history();
  history.order("O1", "2017-03-01", 1);
  history.deliver("O1", 1, "2017-03-02");
  find_false(history, "X1", {}, "order", "ineligible");
  CHECK(row_of(history, "targets", "D1").at("award_lost") == false);
  CHECK(unmet_of(history, "O1/standard").empty());
}

}  // namespace test

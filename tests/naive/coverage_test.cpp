// Random histories must reach what the rules are about: a property test proves nothing
// of a condition that never fails. Counts what the naive evaluation of many of them
// prints, and fails on anything that never came up.
#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>

#include "tests/naive/evaluate.h"
#include "tests/support/random_history.h"

namespace naive {
namespace {

namespace json = boost::json;

constexpr int history_count = 1'000;
constexpr int history_size = 100;

class Tally {
 public:
  void count(const std::string& what, bool happened = true) {
    if (happened) ++counts_[what];
  }

  int of(const std::string& what) const {
    const auto found = counts_.find(what);
    return found == counts_.end() ? 0 : found->second;
  }

 private:
  std::map<std::string, int> counts_;
};

std::int64_t number(const json::object& object, const char* key) {
  const auto* value = object.if_contains(key);
  return value == nullptr ? 0 : value->to_number<std::int64_t>();
}

std::string text(const json::object& object, const char* key) {
  const auto* value = object.if_contains(key);
  return value == nullptr ? "none" : std::string(value->as_string());
}

// `yes`, `no`, or `absent`.
std::string truth(const json::object& object, const char* key) {
  const auto* value = object.if_contains(key);
  if (value == nullptr) return "absent";
  return value->as_bool() ? "yes" : "no";
}

void count_entitlement(const json::object& line, Tally& tally) {
  const auto kind = text(line, "kind");
  const auto& unmet = line.at("unmet").as_array();
  tally.count(kind + (unmet.empty() ? " met" : " unmet"));
  for (const auto& item : unmet) {
    const auto& condition = item.as_object();
    const auto name = text(condition, "condition");
    tally.count("unmet " + name);
    tally.count(name + (condition.contains("event") ? " by an event" : " by nothing"));
    tally.count("clause of " + name + " " + text(condition, "clause"));
  }
  tally.count("several unmet", unmet.size() > 1);
  tally.count("no_order " + kind, !line.contains("dealer"));
  tally.count("fallback", line.contains("fallback"));
  tally.count("version 2", number(line, "version") == 2);
  tally.count("pending", number(line, "pending_fen") > 0);
  tally.count("payable", number(line, "payable_fen") > 0);
  tally.count("waived", number(line, "waived_fen") > 0);
  tally.count("party of several", text(line, "party") != text(line, "customer"));
  tally.count("prior over own", number(line, "prior") > number(line, "own"));
  tally.count("below the first tier",
              kind == "standard" && line.contains("basis") && !line.contains("tier"));
  tally.count("floating rebate " + text(line, "clause") +
                  (line.contains("rate_fen") ? " zeroed" : " left alone"),
              kind == "floating_rebate");
  tally.count("paid " + kind, number(line, "entitled_fen") > 0);
}

void count_clawback(const json::object& line, Tally& tally) {
  if (line.contains("due_fen")) {
    const auto clause = text(line, "clause");
    tally.count(clause + " fine due", number(line, "due_fen") > 0);
    tally.count(clause + " fine out of range", line.at("out_of_range").as_bool());
    tally.count(clause + " fine in range, not due",
                number(line, "due_fen") == 0 && !line.at("out_of_range").as_bool());
    return;
  }
  int causes = 0;
  for (const std::string cause : {"direct", "cascade", "correction", "ineligible"}) {
    const bool part = number(line, (cause + "_fen").c_str()) > 0;
    tally.count(cause, part);
    causes += part ? 1 : 0;
  }
  tally.count("several causes", causes > 1);
  tally.count("demo clawback", text(line, "clause") == "C-III");
  tally.count("several findings", line.at("findings").as_array().size() > 1);
}

void count_balance(const json::object& line, Tally& tally) {
  for (const auto* key : {"granted_fen", "setoff_fen", "overdrawn_fen", "issued_fen", "waived_fen",
                          "recovered_fen", "fines_fen", "fines_paid_fen"}) {
    tally.count(std::string("balance ") + key, number(line, key) > 0);
  }
  tally.count("negative credit", number(line, "credit_fen") < 0);
  tally.count("negative receivable", number(line, "receivable_fen") < 0);
}

void count_target(const json::object& line, Tally& tally) {
  tally.count("special excluded", number(line, "special_excluded") > 0);
  tally.count("hq direct counted", number(line, "hq_direct") > 0);
  tally.count("award lost", line.at("award_lost").as_bool());
  tally.count("no contract", !line.contains("target"));
  tally.count("target of none", line.contains("target") && !line.contains("attainment_bp"));
  tally.count("attainment", number(line, "attainment_bp") > 0);
}

void count_filing(const json::object& line, Tally& tally) {
  tally.count("filing " + text(line, "state"));
  tally.count("missed progress", !line.at("missed_progress").as_array().empty());
  tally.count("conflicts", !line.at("conflicts").as_array().empty());
  tally.count("confirmed, unprotected",
              line.contains("confirmed") && !line.contains("protected_until"));
}

void count_bill(const json::object& line, Tally& tally) {
  for (const auto& reason : line.at("reasons").as_array()) {
    tally.count("bill " + std::string(reason.as_string()));
  }
  tally.count("bill expected " + text(line, "expected") + ", decided " + text(line, "decided"));
  tally.count("bill difference", number(line, "difference_fen") != 0);
}

void count_rebate(const json::object& line, Tally& tally) {
  tally.count("rebate expected", number(line, "expected_fen") > 0);
  tally.count("rebate below the tiers", line.contains("expected_fen") &&
                                            number(line, "expected_fen") == 0 &&
                                            number(line, "vehicles") > 0);
  tally.count("rebate without a pack", !line.contains("expected_fen"));
  tally.count("rebate paid", number(line, "paid_fen") > 0);
  tally.count("rebate of demo cars only", number(line, "vehicles") == 0);
}

void count_demo(const json::object& line, Tally& tally) {
  tally.count("demo " + text(line, "state"));
  tally.count("demo eligible " + truth(line, "eligible"));
  tally.count("demo price " + truth(line, "price_ok"));
  tally.count("demo preference lost", number(line, "clawback_fen") > 0);
  tally.count("demo documents late", line.contains("documents_due") && line.contains("documents") &&
                                         text(line, "documents") > text(line, "documents_due"));
}

void count_all(const Models& models, Tally& tally) {
  const auto each = [&](const Models::Lines& lines, auto count) {
    for (const auto& line : lines) count(json::parse(line).as_object(), tally);
  };
  each(models.entitlements, count_entitlement);
  each(models.clawbacks, count_clawback);
  each(models.balances, count_balance);
  each(models.targets, count_target);
  each(models.filings, count_filing);
  each(models.obligations, [](const json::object& line, Tally& into) {
    into.count(text(line, "obligation") + ' ' + text(line, "state"));
  });
  each(models.bills, count_bill);
  each(models.rebates, count_rebate);
  each(models.demos, count_demo);
}

// Every condition, cause and state that cli.md and policy.md know.
std::vector<std::string> wanted() {
  std::vector<std::string> all = {"clause of customer_class N4.2",
                                  "clause of customer_class N5.3",
                                  "several unmet",
                                  "dealer_not_authorised by an event",
                                  "dealer_not_authorised by nothing",
                                  "not_filed by an event",
                                  "not_filed by nothing",
                                  "not_approved by an event",
                                  "not_approved by nothing",
                                  "spec_not_approved by an event",
                                  "spec_not_approved by nothing",
                                  "agent_not_authorised by an event",
                                  "agent_not_authorised by nothing",
                                  "recognition_incomplete by an event",
                                  "recognition_incomplete by nothing",
                                  "not_tender by an event",
                                  "not_tender by nothing",
                                  "rate_out_of_range by an event",
                                  "fallback",
                                  "version 2",
                                  "pending",
                                  "payable",
                                  "waived",
                                  "party of several",
                                  "prior over own",
                                  "below the first tier",
                                  "floating rebate N8.2 zeroed",
                                  "floating rebate N5.2 zeroed",
                                  "floating rebate N8.2 left alone",
                                  "direct",
                                  "cascade",
                                  "correction",
                                  "ineligible",
                                  "several causes",
                                  "demo clawback",
                                  "several findings",
                                  "negative credit",
                                  "negative receivable",
                                  "special excluded",
                                  "hq direct counted",
                                  "award lost",
                                  "no contract",
                                  "target of none",
                                  "attainment",
                                  "missed progress",
                                  "conflicts",
                                  "confirmed, unprotected",
                                  "bill tenor",
                                  "bill face",
                                  "bill local_small_bank",
                                  "bill endorsements",
                                  "bill no_policy",
                                  "bill difference",
                                  "rebate expected",
                                  "rebate below the tiers",
                                  "rebate without a pack",
                                  "rebate paid",
                                  "rebate of demo cars only",
                                  "demo preference lost",
                                  "demo documents late",
                                  "fleet_manager overdue"};
  const auto add = [&](const std::string& prefix, std::initializer_list<const char*> ends) {
    for (const auto* end : ends) all.push_back(prefix + end);
  };
  add("unmet ", {"no_order",
                 "dealer_not_authorised",
                 "no_policy",
                 "customer_class",
                 "dealer_is_customer",
                 "not_filed",
                 "filed_late",
                 "filing_other_dealer",
                 "filing_other_customer",
                 "not_approved",
                 "spec_not_approved",
                 "wrong_channel",
                 "false_order",
                 "agent_not_authorised",
                 "cancelled",
                 "below_special_quantity",
                 "recognition_incomplete",
                 "not_tender",
                 "rate_out_of_range",
                 "double_support"});
  for (const std::string kind : {"standard", "special", "recognised", "delivery_fee", "reward"}) {
    add(kind, {" met", " unmet"});
    add("paid ", {kind.c_str()});
    add("no_order ", {kind.c_str()});
  }
  add("no_order ", {"floating_rebate"});
  for (const std::string clause : {"N8.3", "N8.4"}) {
    add(clause, {" fine due", " fine out of range", " fine in range, not due"});
  }
  add("balance ", {"granted_fen", "setoff_fen", "overdrawn_fen", "issued_fen", "waived_fen",
                   "recovered_fen", "fines_fen", "fines_paid_fen"});
  add("filing ", {"submitted", "region_approved", "rejected", "confirmed", "released", "reassigned",
                  "expired"});
  for (const std::string duty : {"support_48h", "settlement_5wd", "status_24h", "progress"}) {
    add(duty, {" met", " late", " open", " overdue"});
  }
  for (const std::string expected : {"accepted", "refused"}) {
    add("bill expected " + expected, {", decided accepted", ", decided refused", ", decided none"});
  }
  add("demo ", {"applied", "approved", "purchased", "documents_sent", "disposed"});
  add("demo eligible ", {"yes", "no", "absent"});
  add("demo price ", {"yes", "no", "absent"});
  return all;
}

std::vector<json::object> parse(const std::vector<std::string>& lines) {
  std::vector<json::object> events;
  events.reserve(lines.size());
  for (const auto& line : lines) events.push_back(json::parse(line).as_object());
  return events;
}

}  // namespace

TEST_CASE("random histories reach every condition, cause and state", "[naive]") {
  Tally tally;
  for (int seed = 1; seed <= history_count; ++seed) {
    CAPTURE(seed);
    const auto events = parse(test::random_history(static_cast<std::uint64_t>(seed), history_size));
    count_all(evaluate(events, Cut{}), tally);
    // A cut in the middle leaves things undone that the whole history settles.
    Cut cut;
    cut.known_at = events.size() * 2 / 3;
    if (seed % 2 == 0) cut.effective_at = ledger::parse_date("2017-04-12");
    count_all(evaluate(events, cut), tally);
  }
  for (const auto& what : wanted()) {
    CAPTURE(what);
    CHECK(tally.of(what) > 0);
  }
}

TEST_CASE("a random history is the same for the same seed", "[naive]") {
  CHECK(test::random_history(7, history_size) == test::random_history(7, history_size));
  CHECK(test::random_history(7, history_size) != test::random_history(8, history_size));
}

}  // namespace naive

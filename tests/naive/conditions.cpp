#include "tests/naive/conditions.h"

#include <algorithm>

namespace naive {
namespace {

// One line under test, and what fails of it in the order of the testing.
struct Test {
  const View& view;
  const Order& order;
  std::string kind;
  const Pack* pack;
  std::vector<Unmet> failed;

  void fail(const char* clause, const char* condition, const Event* event) {
    failed.push_back({clause, condition, event});
  }

  Events of_order(std::string_view type) const { return all(view, type, {{"order", order.id}}); }
};

void test_dealer(Test& test) {
  const auto events =
      all(test.view, {"dealer.authorised", "dealer.suspended"}, {{"dealer", test.order.dealer}});
  const auto* state = last(until(events, test.order.created->date));
  if (state == nullptr) {
    test.fail("N2", "dealer_not_authorised", nullptr);
  } else if (state->type == "dealer.suspended") {
    test.fail("N2", "dealer_not_authorised", state);
  }
}

void test_policy(Test& test) {
  if (test.pack == nullptr) test.fail("N3", "no_policy", nullptr);
}

void test_customer(Test& test) {
  const auto* registration =
      last(all(test.view, "customer.registered", {{"customer", test.order.customer}}));
  if (test.pack != nullptr) {
    const auto of_class = registration == nullptr ? "" : registration->text("class");
    if (test.pack->classes.count(of_class) == 0) {
      test.fail("N4.2", "customer_class", registration);
    } else if (test.kind == "recognised" && of_class != "recognised") {
      test.fail("N5.3", "customer_class", registration);
    }
  }
  if (registration == nullptr || !registration->has("uscc")) return;
  if (!all(test.view, "dealer.authorised", {{"uscc", registration->text("uscc")}}).empty()) {
    test.fail("N4.1", "dealer_is_customer", registration);
  }
}

// The filing's latest confirmation, release or rejection up to the order, or null.
const Event* filing_decision(const Test& test) {
  const auto decisions = all(test.view, {"filing.confirmed", "filing.released", "filing.rejected"},
                             {{"filing", *test.order.filing}});
  return last(up_to_time(decisions, *test.order.created));
}

void test_filing_state(Test& test) {
  const auto* decision = filing_decision(test);
  if (decision != nullptr && decision->type == "filing.confirmed") return;
  const auto* late = first(after_time(
      all(test.view, "filing.confirmed", {{"filing", *test.order.filing}}), *test.order.created));
  if (late != nullptr) {
    test.fail("N6.2", "filed_late", late);
  } else {
    test.fail("N6.2", "not_filed", decision);
  }
}

void test_filing_parties(Test& test, const Event& submission) {
  const auto* reassignment = last(up_to_time(
      all(test.view, "filing.reassigned", {{"filing", *test.order.filing}}), *test.order.created));
  const auto holder =
      reassignment != nullptr ? reassignment->text("to_dealer") : submission.text("dealer");
  if (holder != test.order.dealer) {
    test.fail("N6.2", "filing_other_dealer", reassignment != nullptr ? reassignment : &submission);
  }
  const auto members = party(test.view, test.pack, test.order.customer, test.order.created->date);
  if (members.count(submission.text("customer")) == 0) {
    test.fail("N6.2", "filing_other_customer", &submission);
  }
}

void test_agent(Test& test, const Event& submission) {
  if (!submission.has("agent")) return;
  const auto authorisations =
      all(test.view, "customer.agent_authorised",
          {{"customer", submission.text("customer")}, {"agent", submission.text("agent")}});
  for (const auto* event : authorisations) {
    const bool valid =
        event->day("valid_from") <= submission.date && submission.date <= event->day("valid_to");
    if (valid && !event->list("evidence").empty()) return;
  }
  test.fail("N6.1", "agent_not_authorised", last(authorisations));
}

void test_filing(Test& test) {
  if (!test.order.filing) {
    test.fail("N6.2", "not_filed", nullptr);
    return;
  }
  const auto* submission =
      last(all(test.view, "filing.submitted", {{"filing", *test.order.filing}}));
  if (submission == nullptr) {
    test.fail("N6.2", "not_filed", nullptr);  // no decision on it made the line fail
    return;
  }
  test_filing_state(test);
  test_filing_parties(test, *submission);
  test_agent(test, *submission);
}

void test_approval(Test& test) {
  if (approval(test.view, test.order.id, test.kind) != nullptr) return;
  test.fail("N6.4", "not_approved",
            last(all(test.view, "order.support_decided",
                     {{"order", test.order.id}, {"kind", test.kind}})));
}

void test_spec(Test& test) {
  if (!test.order.special_spec) return;
  const Event* first_late = nullptr;
  for (const auto* event : test.of_order("order.spec_approved")) {
    if (event->time.ns < test.order.created->time.ns) return;
    if (first_late == nullptr) first_late = event;
  }
  test.fail("N7.3", "spec_not_approved", first_late);
}

void test_channel(Test& test, std::string_view wanted) {
  if (test.order.channel != wanted) test.fail("N8.2", "wrong_channel", test.order.created);
}

void test_false_order(Test& test) {
  const Event* earliest = nullptr;
  for (const auto& finding : findings_on(test.view, test.order.id)) {
    if (finding.kind != "false_claim" || finding.scope != "order") continue;
    if (earliest == nullptr || earlier(*finding.confirmed, *earliest)) {
      earliest = finding.confirmed;
    }
  }
  if (earliest != nullptr) test.fail("N8.4", "false_order", earliest);
}

void test_cancelled(Test& test) {
  const auto* cancelled = first(test.of_order("order.cancelled"));
  if (cancelled != nullptr) test.fail("", "cancelled", cancelled);
}

void test_double_support(Test& test) {
  const Event* stands = nullptr;
  for (const auto* kind : {"standard", "special", "recognised"}) {
    const auto* approved = approval(test.view, test.order.id, kind);
    if (approved == nullptr) continue;
    if (stands == nullptr || earlier(*approved, *stands)) stands = approved;
  }
  const bool approved = approval(test.view, test.order.id, test.kind) != nullptr;
  if (approved && stands->text("kind") != test.kind) {
    test.fail("N7.1", "double_support", stands);
  }
}

void test_special_quantity(Test& test) {
  if (test.pack == nullptr) return;
  if (effective_quantity(test.view, test.order) >= test.pack->special_min_quantity) return;
  test.fail("N5.2", "below_special_quantity", &quantity_event(test.view, test.order));
}

void test_recognition(Test& test) {
  if (test.pack == nullptr) return;
  const auto* event = recognition(test.view, test.order);
  if (event != nullptr && event->flag("pr_confirmed") && event->flag("gm_office_filed") &&
      test.pack->approver_roles.count(event->text("approver_role")) > 0) {
    return;
  }
  test.fail("N5.3", "recognition_incomplete", event);
}

void test_reward(Test& test) {
  const auto* tender = last(test.of_order("reward.tender_won"));
  if (tender == nullptr || !tender->flag("national") || !tender->flag("informed") ||
      !tender->flag("took_part")) {
    test.fail("N8.1", "not_tender", tender);
  }
  if (test.pack == nullptr) return;
  const auto* decided = last(test.of_order("reward.decided"));
  if (decided == nullptr || decided->number("rate_bp") < test.pack->reward_min_bp ||
      decided->number("rate_bp") > test.pack->reward_max_bp) {
    test.fail("N8.1", "rate_out_of_range", decided);
  }
}

void test_support(Test& test) {
  test_dealer(test);
  test_policy(test);
  test_customer(test);
  test_filing(test);
  test_approval(test);
  test_spec(test);
  test_channel(test, "dealer");
  test_false_order(test);
  test_cancelled(test);
  if (test.kind == "special") test_special_quantity(test);
  if (test.kind == "recognised") test_recognition(test);
  test_double_support(test);
}

std::size_t place_in_table(const Unmet& unmet) {
  static const std::vector<std::string> table = {"no_order",
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
                                                 "double_support"};
  const auto place = std::find(table.begin(), table.end(), unmet.condition);
  return static_cast<std::size_t>(place - table.begin());
}

bool is_support(const std::string& kind) {
  return kind == "standard" || kind == "special" || kind == "recognised";
}

}  // namespace

const Event* approval(const View& view, const std::string& order, const std::string& kind) {
  const auto* decided =
      last(all(view, "order.support_decided", {{"order", order}, {"kind", kind}}));
  return decided != nullptr && decided->text("decision") == "approved" ? decided : nullptr;
}

const Event* recognition(const View& view, const Order& order) {
  return last(until(all(view, "customer.recognition_approved", {{"customer", order.customer}}),
                    order.created->date));
}

const Pack* governing_line(const View& view, const Order& order, const std::string& kind) {
  const auto* approved = is_support(kind) ? approval(view, order.id, kind) : nullptr;
  const auto date = approved != nullptr ? approved->date : order.created->date;
  return governing(view, order.policy, "nev-fleet", date, order.dealer);
}

std::vector<Unmet> unmet(const View& view, const Order& order, const std::string& kind) {
  Test test{view, order, kind, governing_line(view, order, kind), {}};
  if (is_support(kind)) test_support(test);
  if (kind == "delivery_fee") test_channel(test, "hq_direct");
  if (kind == "reward") test_reward(test);
  if (kind == "delivery_fee" || kind == "reward") {
    test_policy(test);
    test_false_order(test);
  }
  std::stable_sort(test.failed.begin(), test.failed.end(), [](const Unmet& a, const Unmet& b) {
    return place_in_table(a) < place_in_table(b);
  });
  return test.failed;
}

bool special_in_force(const View& view, const Order& order) {
  return unmet(view, order, "special").empty();
}

}  // namespace naive

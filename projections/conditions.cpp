#include "projections/conditions.h"

#include <algorithm>
#include <array>

#include "projections/counting.h"
#include "projections/party.h"

namespace projections {
namespace {

using ledger::Date;
using schema::LineKind;
using schema::SupportKind;

std::optional<SupportKind> support_of(LineKind kind) {
  switch (kind) {
    case LineKind::standard:
      return SupportKind::standard;
    case LineKind::special:
      return SupportKind::special;
    case LineKind::recognised:
      return SupportKind::recognised;
    case LineKind::delivery_fee:
    case LineKind::reward:
    case LineKind::floating_rebate:
      break;
  }
  return std::nullopt;
}

const SupportDecided* latest_decision(const Case& line, SupportKind kind) {
  const auto& facts = line.world.facts();
  return facts.support_decided.latest(facts.orders[line.order.value].decided,
                                      [&](const SupportDecided& decided) {
                                        return line.view.sees(decided) && decided.kind == kind;
                                      });
}

// Collects what fails and, where `met` is given, what holds. Each method tests what its
// clause says; what does not apply to the order is in neither.
class Conditions {
 public:
  explicit Conditions(const Case& line, std::vector<Met>* met = nullptr)
      : line_(line),
        facts_(line.world.facts()),
        order_(facts_.orders[line.order.value]),
        met_(met) {}

  std::vector<Unmet> test();

 private:
  void fail(Condition condition, std::string_view clause, const Fact* event) {
    std::optional<std::uint32_t> index;
    if (event != nullptr) index = event->index;
    unmet_.push_back({condition, clause, index});
  }

  void hold(Condition condition, std::string_view clause) {
    if (met_ != nullptr) met_->push_back({condition, clause});
  }

  bool sees(const Fact& fact) const { return line_.view.sees(fact); }

  bool up_to_order(const Fact& fact) const { return sees(fact) && fact.ns <= line_.created->ns; }

  void dealer_authorised();
  void customer();
  void filing();
  void filing_confirmed(const Filing& filing);
  void filing_parties(const Filing& filing, const FilingSubmitted& submitted);
  void approved();
  void spec_approved();
  void channel(schema::Channel wanted);
  void not_false();
  void agent(const FilingSubmitted& submitted);
  void not_cancelled();
  void special_quantity();
  void recognition();
  void tender();
  void reward_rate();
  void single_support();

  const Case& line_;
  const Facts& facts_;
  const Order& order_;
  std::vector<Unmet> unmet_;
  std::vector<Met>* met_;
};

void Conditions::dealer_authorised() {
  const auto& dealer = facts_.dealers[line_.created->dealer.value];
  const auto on_time = [&](const Fact& fact) {
    return sees(fact) && fact.day <= line_.created->day;
  };
  const auto* authorised = facts_.authorised.latest(dealer.authorised, on_time);
  const auto* suspended = facts_.suspended.latest(dealer.suspended, on_time);
  const bool may_sell =
      authorised != nullptr && (suspended == nullptr || earlier(*suspended, *authorised));
  if (may_sell) return hold(Condition::dealer_not_authorised, "N2");
  fail(Condition::dealer_not_authorised, "N2", suspended);
}

void Conditions::customer() {
  const auto* registered =
      facts_.registered.latest(facts_.customers[line_.created->customer.value].registered,
                               [&](const Fact& fact) { return sees(fact); });
  if (line_.rules != nullptr) {
    const bool listed =
        registered != nullptr && line_.rules->customer.classes.contains(registered->customer_class);
    if (!listed) {
      fail(Condition::customer_class, "N4.2", registered);
    } else if (line_.kind == LineKind::recognised &&
               registered->customer_class != schema::CustomerClass::recognised) {
      fail(Condition::customer_class, "N5.3", registered);
    } else {
      hold(Condition::customer_class, "N4.2");
    }
  }
  if (registered != nullptr && line_.world.is_dealer(registered->uscc, line_.view)) {
    fail(Condition::dealer_is_customer, "N4.1", registered);
  } else {
    hold(Condition::dealer_is_customer, "N4.1");
  }
}

void Conditions::filing() {
  if (!line_.created->filing) return fail(Condition::not_filed, "N6.2", nullptr);
  const auto& filing = facts_.filings[line_.created->filing.value];
  const auto* submitted =
      facts_.submitted.latest(filing.submitted, [&](const Fact& fact) { return sees(fact); });
  // What was never submitted, no release or rejection ended.
  if (submitted == nullptr) return fail(Condition::not_filed, "N6.2", nullptr);
  filing_confirmed(filing);
  filing_parties(filing, *submitted);
  agent(*submitted);
}

// The latest confirmation, release or rejection up to the order's time must confirm.
void Conditions::filing_confirmed(const Filing& filing) {
  using Kind = FilingMoved::Kind;
  const auto* standing = facts_.filing_moves.latest(filing.moves, [&](const FilingMoved& move) {
    return up_to_order(move) && (move.kind == Kind::confirmed || move.kind == Kind::released ||
                                 move.kind == Kind::rejected);
  });
  if (standing != nullptr && standing->kind == Kind::confirmed) {
    hold(Condition::not_filed, "N6.2");
    return hold(Condition::filed_late, "N6.2");
  }
  const auto* late = facts_.filing_moves.earliest(filing.moves, [&](const FilingMoved& move) {
    return sees(move) && move.kind == Kind::confirmed && move.ns > line_.created->ns;
  });
  if (late != nullptr) return fail(Condition::filed_late, "N6.2", late);
  fail(Condition::not_filed, "N6.2", standing);
}

void Conditions::filing_parties(const Filing& filing, const FilingSubmitted& submitted) {
  const auto* reassigned = facts_.filing_moves.latest(filing.moves, [&](const FilingMoved& move) {
    return up_to_order(move) && move.kind == FilingMoved::Kind::reassigned;
  });
  const auto holder = reassigned != nullptr ? reassigned->to_dealer : submitted.dealer;
  if (holder != line_.created->dealer) {
    const Fact* event = &submitted;
    if (reassigned != nullptr) event = reassigned;
    fail(Condition::filing_other_dealer, "N6.2", event);
  } else {
    hold(Condition::filing_other_dealer, "N6.2");
  }
  if (std::find(line_.party.begin(), line_.party.end(), submitted.customer) == line_.party.end()) {
    fail(Condition::filing_other_customer, "N6.2", &submitted);
  } else {
    hold(Condition::filing_other_customer, "N6.2");
  }
}

void Conditions::approved() {
  if (line_.decision == nullptr || !line_.decision->approved) {
    fail(Condition::not_approved, "N6.4", line_.decision);
  } else {
    hold(Condition::not_approved, "N6.4");
  }
}

void Conditions::spec_approved() {
  if (!line_.created->special_spec) return;
  const auto* on_time = facts_.specs.latest(
      order_.specs, [&](const Fact& fact) { return sees(fact) && fact.ns < line_.created->ns; });
  if (on_time != nullptr) return hold(Condition::spec_not_approved, "N7.3");
  const auto* late =
      facts_.specs.earliest(order_.specs, [&](const Fact& fact) { return sees(fact); });
  fail(Condition::spec_not_approved, "N7.3", late);
}

void Conditions::channel(schema::Channel wanted) {
  if (line_.created->channel == wanted) return hold(Condition::wrong_channel, "N8.2");
  fail(Condition::wrong_channel, "N8.2", line_.created);
}

void Conditions::not_false() {
  if (line_.view.sets_aside(line_.order)) return hold(Condition::false_order, "N8.4");
  const Fact* first = nullptr;
  for (const auto finding : line_.world.findings().on(line_.order)) {
    const auto& state = line_.world.findings()[finding];
    if (state.voids_order() && (first == nullptr || earlier(*state.confirmed, *first)))
      first = state.confirmed;
  }
  if (first == nullptr) return hold(Condition::false_order, "N8.4");
  fail(Condition::false_order, "N8.4", first);
}

void Conditions::agent(const FilingSubmitted& submitted) {
  if (!submitted.agent) return;
  const Date filed{submitted.day};
  const auto chain = facts_.customers[submitted.customer.value].agents;
  const auto of_agent = [&](const AgentAuthorised& authorised) {
    return sees(authorised) && authorised.agent == submitted.agent;
  };
  const auto* valid = facts_.agents.latest(chain, [&](const AgentAuthorised& authorised) {
    return of_agent(authorised) && authorised.evidenced && authorised.valid_from <= filed &&
           filed <= authorised.valid_to;
  });
  if (valid == nullptr) {
    fail(Condition::agent_not_authorised, "N6.1", facts_.agents.latest(chain, of_agent));
  } else {
    hold(Condition::agent_not_authorised, "N6.1");
  }
}

void Conditions::not_cancelled() {
  const auto* first =
      facts_.cancelled.earliest(order_.cancelled, [&](const Fact& fact) { return sees(fact); });
  if (first == nullptr) return hold(Condition::cancelled, "");
  fail(Condition::cancelled, "", first);
}

void Conditions::special_quantity() {
  if (line_.rules == nullptr) return;
  const auto quantity = effective_quantity(line_.world, line_.order, line_.view);
  if (quantity.effective < line_.rules->special.min_quantity) {
    fail(Condition::below_special_quantity, "N5.2", quantity.stated);
  } else {
    hold(Condition::below_special_quantity, "N5.2");
  }
}

void Conditions::recognition() {
  if (line_.rules == nullptr) return;
  const auto* given = line_.recognition;
  const auto& roles = line_.rules->recognised.approver_roles;
  const bool complete = given != nullptr && given->pr_confirmed && given->gm_office_filed &&
                        std::find(roles.begin(), roles.end(),
                                  facts_.texts[given->approver_role.value]) != roles.end();
  if (complete) return hold(Condition::recognition_incomplete, "N5.3");
  fail(Condition::recognition_incomplete, "N5.3", given);
}

void Conditions::tender() {
  const bool complete = line_.tender != nullptr && line_.tender->complete;
  if (complete) return hold(Condition::not_tender, "N8.1");
  fail(Condition::not_tender, "N8.1", line_.tender);
}

void Conditions::reward_rate() {
  if (line_.rules == nullptr) return;
  const auto& bounds = line_.rules->reward;
  const bool within = line_.reward != nullptr && line_.reward->rate_bp >= bounds.min_bp &&
                      line_.reward->rate_bp <= bounds.max_bp;
  if (within) return hold(Condition::rate_out_of_range, "N8.1");
  fail(Condition::rate_out_of_range, "N8.1", line_.reward);
}

// One support per vehicle: of several approved kinds the earliest approval stands.
void Conditions::single_support() {
  const SupportDecided* standing = nullptr;
  for (const auto kind : {SupportKind::standard, SupportKind::special, SupportKind::recognised}) {
    const auto* decided = latest_decision(line_, kind);
    if (decided == nullptr || !decided->approved) continue;
    if (standing == nullptr || earlier(*decided, *standing)) standing = decided;
  }
  const bool own_approved = line_.decision != nullptr && line_.decision->approved;
  if (!own_approved) return;
  if (standing == line_.decision) return hold(Condition::double_support, "N7.1");
  fail(Condition::double_support, "N7.1", standing);
}

std::vector<Unmet> Conditions::test() {
  if (line_.created == nullptr) {
    fail(Condition::no_order, "", nullptr);
    return std::move(unmet_);
  }
  hold(Condition::no_order, "");
  if (line_.kind == LineKind::floating_rebate) return {};
  if (line_.pack == nullptr) {
    fail(Condition::no_policy, "N3", nullptr);
  } else {
    hold(Condition::no_policy, "N3");
  }
  not_false();
  if (line_.kind == LineKind::delivery_fee) {
    channel(schema::Channel::hq_direct);
  } else if (line_.kind == LineKind::reward) {
    tender();
    reward_rate();
  } else {
    dealer_authorised();
    customer();
    filing();
    approved();
    spec_approved();
    channel(schema::Channel::dealer);
    not_cancelled();
    if (line_.kind == LineKind::special) special_quantity();
    if (line_.kind == LineKind::recognised) recognition();
    single_support();
  }
  std::sort(unmet_.begin(), unmet_.end(),
            [](const Unmet& a, const Unmet& b) { return a.condition < b.condition; });
  return std::move(unmet_);
}

}  // namespace

std::string_view name_of(Condition condition) {
  constexpr std::array<std::string_view, 20> names = {"no_order",
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
  return names[static_cast<std::size_t>(condition)];
}

Case::Case(const World& of_world, OrderId of_order, LineKind of_kind, const View& under)
    : world(of_world),
      view(under),
      order(of_order),
      kind(of_kind),
      created(of_world.standing(under).order(of_order)) {
  if (created == nullptr) return;
  const auto& facts = world.facts();
  const auto seen = [&](const Fact& fact) { return view.sees(fact); };
  Date governed{created->day};
  if (const auto support = support_of(kind)) {
    decision = latest_decision(*this, *support);
    if (decision != nullptr && decision->approved) governed = Date{decision->day};
  }
  pack = world.policies().governing(Model::nev_fleet, created->policy, governed, created->dealer,
                                    view);
  if (pack != nullptr) rules = pack->fleet();
  party = {created->customer};
  if (rules != nullptr) {
    party = party_of(facts, created->customer, Date{created->day}, rules->accumulation, view);
  }
  if (kind == LineKind::recognised) {
    recognition = facts.recognitions.latest(
        facts.customers[created->customer.value].recognitions,
        [&](const Fact& fact) { return seen(fact) && fact.day <= created->day; });
  }
  if (kind == LineKind::reward) {
    tender = facts.tenders.latest(facts.orders[order.value].tenders, seen);
    reward = facts.rewards.latest(facts.orders[order.value].rewards, seen);
  }
}

bool Case::supported() const {
  return support_of(kind).has_value();
}

std::vector<Unmet> unmet_conditions(const Case& line) {
  return Conditions(line).test();
}

std::vector<Met> met_conditions(const Case& line) {
  std::vector<Met> met;
  Conditions(line, &met).test();
  std::sort(met.begin(), met.end(),
            [](const Met& a, const Met& b) { return a.condition < b.condition; });
  return met;
}

}  // namespace projections

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "cli/generate/story.h"

namespace cli::generate {
namespace {

// One suspicion on one order, on its way through the house.
struct Case {
  Area& area;
  const Project& project;
  const Order& order;
  Name finding;
  std::vector<std::string_view> vins;
  bool false_claim;
  bool whole_order;  // the scope
};

void tell_inspection(const Case& suspicion, Day day) {
  auto& area = suspicion.area;
  const Name inspection("IN-", ++area.numbers.inspection, 6);
  std::vector<std::string_view> orders;
  for (const auto& order : suspicion.project.orders) {
    orders.emplace_back(order.id);
  }
  area.event(audit_system, "inspection.sample_drawn", "inspection", inspection,
             area.during(day, 9, 12), "inspector")
      .text("inspection", inspection)
      .number("seed", area.dice.below(1'000'000))
      .texts("orders", orders);
  area.event(audit_system, "inspection.evidence_attached", "inspection", inspection,
             area.during(day + 3, 9, 17), "inspector")
      .text("inspection", inspection)
      .text("order", suspicion.order.id)
      .digests("evidence", area.dice.between(1, 4), area.dice);
  if (area.comes(Rarity::obstructed, 5)) {
    area.event(audit_system, "inspection.obstructed", "inspection", inspection,
               area.during(day + 2, 9, 17), "inspector")
        .text("inspection", inspection)
        .text("dealer", suspicion.project.dealer->id)
        .text("note", "拒绝提供交车记录");
  }
}

void tell_raised(const Case& suspicion, Moment time) {
  constexpr std::array<std::string_view, 4> detectors{"重复车架号", "车主地址相同", "里程异常",
                                                      "先交车后报备"};
  auto& area = suspicion.area;
  area.event(audit_system, "finding.raised", "finding", suspicion.finding, time, "inspector")
      .text("finding", suspicion.finding)
      .text("dealer", suspicion.project.dealer->id)
      .text("order", suspicion.order.id)
      .text("kind", suspicion.false_claim ? "false_claim" : "ineligible")
      .text("detector", area.dice.pick(detectors))
      .texts("vins", suspicion.vins);
}

void tell_confirmed(const Case& suspicion, Moment time) {
  suspicion.area
      .event(audit_system, "finding.confirmed", "finding", suspicion.finding, time, "auditor")
      .text("finding", suspicion.finding)
      .text("dealer", suspicion.project.dealer->id)
      .text("order", suspicion.order.id)
      .text("kind", suspicion.false_claim ? "false_claim" : "ineligible")
      .text("scope", suspicion.whole_order ? "order" : "vehicle")
      .texts("vins", suspicion.vins);
}

// A fine on the finding or, as often, a warning.
void tell_penalty(const Case& suspicion, Day day) {
  auto& area = suspicion.area;
  const Name penalty("PN-", ++area.numbers.penalty, 6);
  const auto& dealer = suspicion.project.dealer->id;
  if (!suspicion.false_claim || area.dice.chance(250)) {
    area.event(audit_system, "penalty.warned", "penalty", penalty, area.during(day, 9, 17),
               "fleet_dept")
        .text("penalty", penalty)
        .text("dealer", dealer)
        .text("finding", suspicion.finding)
        .flag("public", area.dice.chance(500));
    return;
  }
  auto amount_fen = area.dice.between(1, 10) * std::int64_t{500'000};
  if (area.comes(Rarity::penalty_unusual, 9)) amount_fen = 8'000'000;
  area.event(audit_system, "penalty.imposed", "penalty", penalty, area.during(day, 9, 17),
             "fleet_dept")
      .text("penalty", penalty)
      .text("dealer", dealer)
      .text("finding", suspicion.finding)
      .number("amount_fen", amount_fen);
  if (area.dice.chance(750)) {
    area.event(finance_system, "penalty.paid", "penalty", penalty,
               area.during(working(day + area.dice.between(10, 40)), 9, 17))
        .text("penalty", penalty)
        .number("amount_fen", amount_fen);
  }
}

// Returns whether the appeal freed every vehicle.
bool tell_appeal(const Case& suspicion, Day day) {
  auto& area = suspicion.area;
  const Name appeal("AP-", ++area.numbers.appeal, 6);
  area.event(suspicion.project.dealer->source, "appeal.filed", "appeal", appeal,
             area.during(working(day), 9, 17))
      .text("appeal", appeal)
      .text("finding", suspicion.finding);
  const auto outcome = area.numbers.appeal % 3;
  constexpr std::array<std::string_view, 3> outcomes{"upheld", "reversed", "amended"};
  auto line = area.event(audit_system, "appeal.decided", "appeal", appeal,
                         area.during(working(day + area.dice.between(10, 30)), 9, 17), "auditor");
  line.text("appeal", appeal)
      .text("finding", suspicion.finding)
      .text("outcome", outcomes[static_cast<std::size_t>(outcome)]);
  if (outcome == 2) {
    const std::vector<std::string_view> kept(suspicion.vins.begin(), suspicion.vins.begin() + 1);
    line.texts("vins", kept);
  }
  return outcome == 1;
}

void tell_recovery(Area& area, const Name& clawback, std::int64_t amount_fen, Day day) {
  area.event(finance_system, "clawback.recovered", "clawback", clawback,
             area.during(working(day), 9, 17), "settlement")
      .text("clawback", clawback)
      .number("amount_fen", amount_fen)
      .text("method", area.dice.chance(600) ? "setoff" : "payment");
}

void tell_waiver(Area& area, const Name& clawback, std::int64_t amount_fen, Day day,
                 std::string_view reason) {
  area.event(finance_system, "clawback.waived", "clawback", clawback,
             area.during(working(day), 9, 17), "gm")
      .text("clawback", clawback)
      .number("amount_fen", amount_fen)
      .text("approver_role", "gm")
      .text("reason", reason);
}

// Claims the money back: of the whole order, or of the vehicles named at the average.
void tell_clawback(const Case& suspicion, Day day, bool freed) {
  auto& area = suspicion.area;
  const auto& order = suspicion.order;
  const auto sold = static_cast<std::int64_t>(order.vehicles.size());
  const auto named = static_cast<std::int64_t>(suspicion.vins.size());
  const bool whole = suspicion.whole_order && suspicion.false_claim;
  const auto amount_fen = whole ? order.granted_fen : order.granted_fen / sold * named;
  const Name clawback("CB-", ++area.numbers.clawback, 6);
  const std::array<std::string_view, 1> findings{suspicion.finding};
  area.event(finance_system, "clawback.issued", "clawback", clawback,
             area.during(working(day), 9, 17), "settlement")
      .text("clawback", clawback)
      .text("dealer", suspicion.project.dealer->id)
      .text("order", order.id)
      .text("kind", spelled(order.kind))
      .number("amount_fen", amount_fen)
      .texts("findings", findings);
  const Day later = day + area.dice.between(40, 60);
  if (freed) {
    tell_waiver(area, clawback, amount_fen, later, "申诉成立，撤销追回");
  } else if (area.comes(Rarity::clawback_waived, 6)) {
    tell_waiver(area, clawback, amount_fen / 2, later, "总经理批准减免");
  } else {
    const bool partly = area.comes(Rarity::clawback_partly, 4);
    tell_recovery(area, clawback, partly ? amount_fen / 3 : amount_fen, later);
  }
}

}  // namespace

void tell_finding(Area& area, const Project& project, const Order& order) {
  Case suspicion{area, project, order, Name("FD-", ++area.numbers.finding, 6), {}, true, false};
  suspicion.false_claim = !area.comes(Rarity::finding_ineligible, 4);
  suspicion.whole_order = area.dice.chance(400);
  const auto named = area.dice.between(1, std::min(8, static_cast<int>(order.vehicles.size())));
  for (int i = 0; i < named; ++i) {
    suspicion.vins.emplace_back(order.vehicles[static_cast<std::size_t>(i)].vin);
  }
  Day day = working(order.settled + area.dice.between(10, 50));
  tell_inspection(suspicion, day);
  day = working(day + area.dice.between(5, 15));
  tell_raised(suspicion, area.during(day, 9, 17));
  day = working(day + area.dice.between(5, 20));
  if (area.comes(Rarity::finding_dismissed, 5)) {
    area.event(audit_system, "finding.dismissed", "finding", suspicion.finding,
               area.during(day, 9, 17), "auditor")
        .text("finding", suspicion.finding)
        .text("reason", "核实为真实交车");
    return;
  }
  tell_confirmed(suspicion, area.during(day, 9, 17));
  tell_penalty(suspicion, working(day + 2));
  const bool freed = area.comes(Rarity::appeal, 3) && tell_appeal(suspicion, day + 8);
  if (area.comes(Rarity::clawback_forgotten, 4)) return;
  tell_clawback(suspicion, day + area.dice.between(3, 9), freed);
}

void tell_complaint(Area& area, const Project& project, const Order& order) {
  const Name complaint("CP-", ++area.numbers.complaint, 6);
  const Day opened = order.created.day() + area.dice.between(5, 40);
  const auto& dealer = project.dealer->id;
  area.event(order_system, "complaint.opened", "complaint", complaint, area.during(opened, 9, 17))
      .text("complaint", complaint)
      .text("dealer", dealer)
      .text("order", order.id);
  const Day decided = working(opened + area.dice.between(5, 30));
  const bool founded = area.comes(Rarity::complaint_founded, 3);
  area.event(order_system, "complaint.adjudicated", "complaint", complaint,
             area.during(decided, 9, 17), "fleet_dept")
      .text("complaint", complaint)
      .flag("dealer_at_fault", founded || area.dice.chance(300))
      .flag("major_loss", founded);
  if (!founded) return;
  const Name penalty("PN-", ++area.numbers.penalty, 6);
  area.event(audit_system, "penalty.imposed", "penalty", penalty, area.during(decided + 3, 9, 17),
             "fleet_dept")
      .text("penalty", penalty)
      .text("dealer", dealer)
      .text("complaint", complaint)
      .number("amount_fen", complaint_fine_fen);
}

}  // namespace cli::generate

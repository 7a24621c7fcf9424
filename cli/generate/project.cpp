#include "cli/generate/project.h"

#include <algorithm>
#include <array>

#include "cli/generate/story.h"

namespace cli::generate {
namespace {

// How the filing of a project ended.
struct Filed {
  bool confirmed;
  Day day;
};

void tell_submission(Area& area, const Project& project, Moment submitted) {
  auto line =
      area.event(project.dealer->source, "filing.submitted", "filing", project.filing, submitted);
  line.text("filing", project.filing)
      .text("dealer", project.dealer->id)
      .text("customer", project.customer->id);
  if (!project.customer->agent.empty()) line.text("agent", project.customer->agent);
  line.text("project", project.id).text("policy", id_of(project.customer->policy));
}

bool tell_region_review(Area& area, const Project& project, Moment reviewed) {
  const bool refused = area.comes(Rarity::filing_refused, 24);
  auto line = area.event(order_system, "filing.region_reviewed", "filing", project.filing, reviewed,
                         "region");
  line.text("filing", project.filing).text("decision", refused ? "rejected" : "approved");
  if (refused) line.text("reason", "客户资料不全");
  return !refused;
}

void tell_confirmation(Area& area, const Project& project, Moment time, Moment recorded) {
  area.event_recorded(order_system, "filing.confirmed", "filing", project.filing, time, recorded,
                      "fleet_dept")
      .text("filing", project.filing)
      .text("customer_code", Name("KH", project.number, 8));
}

// Submission, the region's review and the confirmation. A confirmation that comes
// round as back-dated happened in time, says its record, made weeks after the order.
Filed tell_filing(Area& area, Project& project, Day start) {
  const auto submitted = area.during(working(start), 9, 17);
  project.filing = Name("F-2017-", ++area.numbers.filing, 6);
  tell_submission(area, project, submitted);
  const Day review = after_working_days(submitted.day(), area.dice.between(1, 2));
  if (!tell_region_review(area, project, area.during(review, 9, 17))) return {false, review};

  const Day decided = after_working_days(review, area.dice.between(1, 3));
  project.confirmed = area.during(decided, 9, 17);
  if (area.comes(Rarity::customer_refused, 50)) {
    area.event(order_system, "filing.rejected", "filing", project.filing, project.confirmed,
               "fleet_dept")
        .text("filing", project.filing)
        .text("reason", "不符合大客户条件");
    return {false, decided};
  }
  const bool back_dated = area.comes(Rarity::confirmed_back_dated, 45);
  const auto recorded = back_dated ? project.confirmed + area.dice.between(12, 40) * day_length
                                   : area.learned(order_system, project.confirmed);
  tell_confirmation(area, project, project.confirmed, recorded);
  return {true, decided};
}

// One report before each first of a month within the three months of protection.
void tell_progress(Area& area, const Project& project) {
  constexpr std::array<std::string_view, 5> stages{"需求确认", "商务谈判", "合同签订", "车辆交付",
                                                   "项目收尾"};
  const Day confirmed = project.confirmed.day();
  for (int i = 1; i <= 3; ++i) {
    if (area.dice.chance(70)) continue;
    const Day due = first_of_month(month_of(confirmed) + i);
    const Day report = std::max(confirmed + 1, due - area.dice.between(0, 4));
    area.event(project.dealer->source, "filing.progress_reported", "filing", project.filing,
               area.during(report, 9, 18))
        .text("filing", project.filing)
        .text("stage", stages[static_cast<std::size_t>(i)])
        .digest("form", area.dice);
  }
}

// Gives the filing to another dealer of the city; the orders mostly follow it.
void reassign(Area& area, Project& project, Day day) {
  Dealer* other = &area.dice.pick(area.dealers) == project.dealer ? &area.dealers.front()
                                                                  : &area.dealers.back();
  if (other == project.dealer) return;
  area.event(order_system, "filing.reassigned", "filing", project.filing, area.during(day, 9, 17),
             "fleet_dept")
      .text("filing", project.filing)
      .text("to_dealer", other->id);
  if (area.dice.chance(700)) project.dealer = other;
}

void tell_end(Area& area, Project& project, Day last_order) {
  Day last = last_order;
  for (auto& order : project.orders) {
    tell_true_up(area, project, order);
    last = std::max(last, order.settled);
  }
  for (const auto& order : project.orders) {
    if (order.granted_fen > 0 && area.comes(Rarity::finding, 32)) {
      tell_finding(area, project, order);
    }
    if (area.comes(Rarity::complaint, 55)) tell_complaint(area, project, order);
  }
  if (area.dice.chance(700)) {
    area.event(order_system, "project.closed", "project", project.id,
               area.during(working(last + area.dice.between(5, 30)), 9, 17), "fleet_dept")
        .text("project", project.id);
  }
}

void remember_handovers(const Project& project) {
  for (const auto& order : project.orders) {
    if (order.hq_direct) continue;
    for (const auto& vehicle : order.vehicles) {
      if (vehicle.returned) continue;
      auto& handovers = project.customer->handovers;
      if (!handovers.empty() && handovers.back().day == vehicle.delivered &&
          handovers.back().project == project.number) {
        ++handovers.back().vehicles;
      } else {
        handovers.push_back({vehicle.delivered, project.number, 1});
      }
    }
  }
}

int draw_order_count(Dice& dice) {
  const auto draw = dice.below(100);
  if (draw < 70) return 1;
  return draw < 92 ? 2 : 3;
}

}  // namespace

std::string_view spelled(Support kind) {
  constexpr std::array<std::string_view, 3> names{"standard", "special", "recognised"};
  return names[static_cast<std::size_t>(kind)];
}

int own_of(const Project& project, Day day) {
  int count = 0;
  for (const auto& order : project.orders) {
    if (order.hq_direct) continue;
    count += static_cast<int>(std::count_if(
        order.vehicles.begin(), order.vehicles.end(),
        [&](const Vehicle& vehicle) { return vehicle.delivered <= day && !vehicle.returned; }));
  }
  return count;
}

Day tell_project(Area& area, Dealer& dealer, Customer& customer, Day start) {
  Project project{};
  project.number = ++area.numbers.project;
  project.id = Name("P-", project.number, 7);
  project.dealer = &dealer;
  project.customer = &customer;
  const auto filed = tell_filing(area, project, start);
  if (!filed.confirmed) return filed.day + area.dice.between(5, 20);

  if (area.dealers.size() > 1 && area.comes(Rarity::reassigned, 30)) {
    reassign(area, project, filed.day);
  }
  tell_progress(area, project);
  // An order that comes too early for its filing is legitimate input, and unpaid.
  const bool late = area.comes(Rarity::confirmed_late, 50);
  Day day = late ? filed.day - 1 : filed.day + area.dice.between(1, 15);
  const auto orders = draw_order_count(area.dice);
  for (int i = 0; i < orders; ++i) {
    const bool of_2018 = area.comes(Rarity::order_of_2018, 150);
    if (day >= year_2018 - 8 && !of_2018) break;
    tell_order(area, project, of_2018 ? year_2018 + area.dice.between(8, 60) : working(day));
    if (i + 1 < orders) day = day + area.dice.between(12, 40);
  }
  if (area.comes(Rarity::released, 40)) {
    area.event(order_system, "filing.released", "filing", project.filing,
               area.during(working(day + area.dice.between(20, 60)), 9, 17), "fleet_dept")
        .text("filing", project.filing)
        .text("reason", "客户放弃采购");
  }
  remember_handovers(project);
  tell_end(area, project, day);
  return day + area.dice.between(2, 14);
}

}  // namespace cli::generate

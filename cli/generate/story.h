// The parts an area's history is composed of. Each adds its events to the area's plan.
#pragma once

#include "cli/generate/area.h"
#include "cli/generate/project.h"

namespace cli::generate {

// The nation's calendars, packs and lists of refused banks; once in a history.
void tell_rules(Area& area);
// Adds a dealer and its life apart from sales.
void tell_dealer(Area& area);
// Bills, demonstration cars, stock, rebates and activities of the 2018 commercial policy.
void tell_commerce(Area& area, Dealer& dealer);
// A new customer and all its projects.
void tell_customer(Area& area);
// A project from its filing on. Returns when the next one may begin.
Day tell_project(Area& area, Dealer& dealer, Customer& customer, Day start);
// An order until its vehicles are on the road, and its place in the project.
void tell_order(Area& area, Project& project, Day day);
// Sells `order` its vehicles, the first ones on `first_delivery`.
void tell_vehicles(Area& area, Project& project, Order& order, Day first_delivery);
// What the dealer asks and is granted for an order; interim and final.
void tell_claims(Area& area, const Project& project, Order& order);
// What is still owed when the project has grown (N9.3).
void tell_true_up(Area& area, const Project& project, Order& order);
// Inspection, finding, appeal, penalty and clawback.
void tell_finding(Area& area, const Project& project, const Order& order);
// A complaint of another dealer, and its end.
void tell_complaint(Area& area, const Project& project, const Order& order);

}  // namespace cli::generate

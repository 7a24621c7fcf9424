// The story a random history tells: who is in it, and what happens to them. Each
// function adds events to the log.
#pragma once

#include <string>
#include <vector>

#include "tests/support/draft_log.h"

namespace test {

// An order as its story goes, for later events to refer to.
struct Sale {
  std::string order, dealer, customer, filing, kind;
  ledger::Date day;
  std::vector<std::string> vins;
};

struct Story {
  explicit Story(std::uint64_t seed) : dice(seed), log(dice) {}

  Dice dice;
  DraftLog log;
  std::vector<std::string> dealers, customers, recognised, vins, policies;
  std::vector<Sale> sales;
  std::vector<std::string> findings, clawbacks, penalties;
  int vins_used{}, names_used{};
  bool calm{};  // little goes wrong, so that what does is alone to blame

  // Whether a thing that mostly goes well does so.
  bool goes_well(int percent) { return dice.percent(calm ? 99 : percent); }

  // `prefix` and a number not used before.
  std::string fresh(const std::string& prefix) { return prefix + std::to_string(++names_used); }

  Sale& any_sale() {
    return sales[static_cast<std::size_t>(dice.below(static_cast<int>(sales.size())))];
  }

  // Some order, at times one that nobody created.
  std::string any_order() { return dice.percent(12) ? "O9" : any_sale().order; }

  // A day of the years told, often one on which other things happen too.
  ledger::Date any_day();

  // Within office hours.
  Moment any_time(ledger::Date on) { return at(on, dice.between(9, 16), dice.pick({0, 30})); }
};

// Calendars, packs, notices, dealers, customers and their relations.
void tell_beginnings(Story& story);
// One filing, order, its support, deliveries and settlement; mostly as it should be.
void tell_sale(Story& story);
// One thing that goes wrong or is put right with an order, its vehicles or its support.
void tell_mishap(Story& story);
// One finding, fine, claim, set-off or complaint, with what follows from it.
void tell_dispute(Story& story);
// One bill, rebate, demo car or invoice.
void tell_commerce(Story& story);
// One recording error put right: a void, or a fact stated again.
void tell_correction(Story& story);

std::string digest(Dice& dice);  // 64 hex digits
// The kind of a line.
std::string any_kind(Dice& dice);

}  // namespace test

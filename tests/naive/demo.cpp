#include "tests/naive/demo.h"

#include <algorithm>

#include "tests/naive/calendar.h"
#include "tests/naive/line.h"

namespace naive {
namespace {

const Pack* pack_on(const View& view, const Event& event) {
  return governing(view, std::nullopt, "commercial", event.date, event.text("dealer"));
}

bool first_car_allowed(const View& view, const Event& approved) {
  const auto dealer = approved.text("dealer");
  const auto* authorised =
      last(until(all(view, "dealer.authorised", {{"dealer", dealer}}), approved.date));
  if (authorised == nullptr || authorised->number("level") != 1) return false;
  const Event* contract = nullptr;
  for (const auto* event : all(view, "dealer.contract_signed", {{"dealer", dealer}})) {
    if (event->number("year") == year_of(approved.date)) contract = event;
  }
  return contract != nullptr && contract->date <= approved.date;
}

bool eligible(const View& view, const Event& approved, const Pack& pack) {
  if (approved.number("ordinal") == 1) return first_car_allowed(view, approved);
  const auto vins =
      invoiced(view, approved.text("dealer"), day_of(year_of(approved.date), 1, 1), approved.date);
  return static_cast<std::int64_t>(vins.size()) >= pack.demo.second_after_invoiced;
}

std::int64_t preference_lost(const Event& purchased, const Event* disposed, const Pack& pack) {
  if (disposed == nullptr || disposed->date < purchased.date) return 0;
  if (disposed->date > add_months(purchased.date, pack.demo.keep_months)) return 0;
  return std::max<std::int64_t>(
      0, purchased.number("guide_price_fen") - purchased.number("price_fen"));
}

std::int64_t issued_on(const View& view, const std::string& vin) {
  std::int64_t sum = 0;
  for (const auto* issued : standing(view, "clawback.issued", {"clawback"})) {
    if (issued->text("vin") == vin) sum += issued->number("amount_fen");
  }
  return sum;
}

Demo read_demo(const View& view, const std::string& vin) {
  const auto latest = [&](std::string_view type) { return last(all(view, type, {{"vin", vin}})); };
  Demo demo;
  demo.vin = vin;
  demo.dealer = last(all(view,
                         {"demo.applied", "demo.approved", "demo.purchased", "demo.documents_sent",
                          "demo.disposed"},
                         {{"vin", vin}}))
                    ->text("dealer");
  for (const auto* state : {"applied", "approved", "purchased", "documents_sent", "disposed"}) {
    if (latest(std::string("demo.") + state) != nullptr) demo.state = state;
  }
  const auto* approved = latest("demo.approved");
  const auto* purchased = latest("demo.purchased");
  const auto* documents = latest("demo.documents_sent");
  if (const auto* pack = approved != nullptr ? pack_on(view, *approved) : nullptr) {
    demo.eligible = eligible(view, *approved, *pack);
    demo.documents_due = to_working_day(view, add_days(approved->date, pack->demo.documents_days));
  }
  if (documents != nullptr) demo.documents = documents->date;
  if (const auto* pack = purchased != nullptr ? pack_on(view, *purchased) : nullptr) {
    const auto guide = purchased->number("guide_price_fen");
    demo.price_ok = purchased->number("price_fen") == share(guide, pack->demo.price_bp);
    demo.clawback_fen = preference_lost(*purchased, latest("demo.disposed"), *pack);
  }
  demo.over_fen = std::max<std::int64_t>(0, demo.clawback_fen - issued_on(view, vin));
  return demo;
}

}  // namespace

std::vector<Demo> all_demos(const View& view) {
  Vins vins;
  for (const auto* event : all(view, {"demo.applied", "demo.approved", "demo.purchased",
                                      "demo.documents_sent", "demo.disposed"})) {
    vins.insert(event->text("vin"));
  }
  std::vector<Demo> demos;
  for (const auto& vin : vins) demos.push_back(read_demo(view, vin));
  return demos;
}

Vins invoiced(const View& view, std::string_view dealer, ledger::Date from, ledger::Date to) {
  Vins vins;
  for (const auto* invoice : standing(view, "vehicle.invoiced", {"vin", "order"})) {
    const bool inside = from <= invoice->date && invoice->date <= to;
    if (inside && invoice->text("dealer") == dealer) vins.insert(invoice->text("vin"));
  }
  return vins;
}

}  // namespace naive

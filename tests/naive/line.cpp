#include "tests/naive/line.h"

#include <algorithm>
#include <limits>

#include "ledger/base/check.h"

namespace naive {
namespace {

__extension__ using Wide = __int128;

std::int64_t narrow(Wide value) {
  ledger::check(value <= std::numeric_limits<std::int64_t>::max() &&
                    value >= std::numeric_limits<std::int64_t>::min(),
                "an amount of a test history overflows");
  return static_cast<std::int64_t>(value);
}

std::int64_t times(std::int64_t rate, std::int64_t count) {
  return narrow(static_cast<Wide>(rate) * count);
}

std::int64_t count_of(const Vins& vins) {
  return static_cast<std::int64_t>(vins.size());
}

const char* clause_of(const std::string& kind) {
  if (kind == "standard") return "N5.1";
  if (kind == "special") return "N5.2";
  if (kind == "recognised") return "N5.3";
  if (kind == "reward") return "N8.1";
  return "N8.2";  // delivery_fee, floating_rebate
}

// Whether only the quantity keeps a special line from its rate.
bool falls_back(const Line& line) {
  return line.kind == "special" && line.unmet.size() == 1 &&
         line.unmet[0].condition == "below_special_quantity";
}

void pay_tier(Line& line) {
  const auto tier = tier_at(line.pack->tiers, *line.basis);
  if (tier) line.tier = tier->from;
  line.rate_fen = tier ? tier->per_vehicle_fen : 0;
}

void fill_support(const View& view, Line& line) {
  if (line.pack == nullptr) return;
  line.complete = complete_count(view, *line.pack, *line.order);
  line.prior = count_of(prior(view, *line.pack, *line.order));
  line.own = count_of(own(view, *line.pack, *line.order));
  line.basis = std::max(*line.prior, *line.own);
  line.fallback = falls_back(line);
  if (line.fallback) line.clause = "N5.1";

  const Event* rate_from = nullptr;
  if (line.kind == "special") rate_from = approval(view, line.order_id, line.kind);
  if (line.kind == "recognised") rate_from = recognition(view, *line.order);
  if (line.kind == "standard" || line.fallback) {
    pay_tier(line);
  } else if (rate_from != nullptr) {
    line.rate_fen = rate_from->number("rate_fen");
  }
  if (!line.unmet.empty() && !line.fallback) return;
  line.entitled_fen = times(*line.rate_fen, *line.complete);
  line.pending_fen = times(*line.rate_fen, line.genuine - *line.complete);
}

void fill_delivery_fee(Line& line) {
  if (line.pack == nullptr) return;
  line.complete = line.genuine;
  line.rate_fen = line.pack->delivery_fee_fen;
  if (line.unmet.empty()) line.entitled_fen = times(*line.rate_fen, line.genuine);
}

void fill_reward(const View& view, Line& line) {
  if (!line.unmet.empty()) return;
  Wide price = 0;
  for (const auto& [vin, delivered] : genuine(view, line.order_id)) {
    const auto* invoice =
        last(all(view, "vehicle.invoiced", {{"vin", vin}, {"order", line.order_id}}));
    if (invoice != nullptr) price += invoice->number("price_fen");
  }
  const auto* decided = last(all(view, "reward.decided", {{"order", line.order_id}}));
  line.entitled_fen = share(narrow(price), decided->number("rate_bp"));
}

void fill_floating_rebate(const View& view, Line& line) {
  const bool special = special_in_force(view, *line.order);
  if (special) line.clause = "N5.2";
  if (special || line.order->channel == "hq_direct") {
    line.rate_fen = 0;
    return;
  }
  const auto& paid = line.amounts;
  line.entitled_fen =
      std::max<std::int64_t>(0, paid.granted_fen - paid.issued_fen + paid.waived_fen);
}

Amounts amounts_of(const View& view, const std::string& order, const std::string& kind) {
  Amounts sum;
  for (const auto* event : all(view, "settlement.approved", {{"order", order}, {"kind", kind}})) {
    sum.granted_fen += event->number("amount_fen");
  }
  for (const auto* issued : standing(view, "clawback.issued", {"clawback"})) {
    if (issued->text("order") != order || issued->text("kind") != kind) continue;
    sum.issued_fen += issued->number("amount_fen");
    for (const auto* waived :
         all(view, "clawback.waived", {{"clawback", issued->text("clawback")}})) {
      sum.waived_fen += waived->number("amount_fen");
    }
  }
  return sum;
}

}  // namespace

std::int64_t Line::over_fen() const {
  return std::max<std::int64_t>(0, amounts.granted_fen - entitled_fen - amounts.issued_fen);
}

std::int64_t Line::payable_fen() const {
  return std::max<std::int64_t>(
      0, entitled_fen + amounts.issued_fen - amounts.waived_fen - amounts.granted_fen);
}

Line evaluate_line(const View& view, const std::string& order, const std::string& kind,
                   const Amounts& amounts) {
  Line line;
  line.order_id = order;
  line.kind = kind;
  line.amounts = amounts;
  line.order = find_order(view, order);
  line.genuine = static_cast<std::int64_t>(genuine(view, order).size());
  line.clause = clause_of(kind);
  if (!line.order) {
    line.unmet.push_back({"", "no_order", nullptr});
    return line;
  }
  line.pack = governing_line(view, *line.order, kind);
  line.party = *party(view, line.pack, line.order->customer, line.order->created->date).begin();
  line.unmet = unmet(view, *line.order, kind);
  if (kind == "delivery_fee") {
    fill_delivery_fee(line);
  } else if (kind == "reward") {
    fill_reward(view, line);
  } else if (kind == "floating_rebate") {
    fill_floating_rebate(view, line);
  } else {
    fill_support(view, line);
  }
  return line;
}

std::vector<Line> all_lines(const View& view) {
  std::map<std::string, std::pair<std::string, std::string>> names;
  const auto add = [&](const std::string& order, const std::string& kind) {
    names[order + '/' + kind] = {order, kind};
  };
  for (const auto* event : all(view, {"order.support_requested", "order.support_decided",
                                      "settlement.requested", "settlement.approved"})) {
    add(event->text("order"), event->text("kind"));
  }
  for (const auto* event : all(view, "reward.decided")) add(event->text("order"), "reward");
  for (const auto& order : all_orders(view)) {
    if (order.channel == "hq_direct") add(order.id, "delivery_fee");
  }
  std::vector<Line> lines;
  for (const auto& [name, line] : names) {
    const auto& [order, kind] = line;
    lines.push_back(evaluate_line(view, order, kind, amounts_of(view, order, kind)));
  }
  return lines;
}

std::int64_t share(std::int64_t amount, std::int64_t bp) {
  const Wide product = static_cast<Wide>(amount) * bp;
  const Wide half = product < 0 ? -5'000 : 5'000;
  return narrow((product + half) / 10'000);
}

}  // namespace naive

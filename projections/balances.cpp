#include <algorithm>
#include <map>

#include "projections/json.h"
#include "projections/models.h"
#include "projections/policy/money.h"

namespace projections {
namespace {

using policy::Int128;

// A grant or a set-off of one dealer, in log order.
struct Movement {
  std::uint32_t index;
  bool grant;
  std::int64_t amount_fen;
};

struct Balance {
  Int128 granted = 0, setoff = 0, overdrawn = 0, issued = 0, waived = 0, recovered = 0;
  Int128 fines = 0, fines_paid = 0, to_claw_back = 0, payable = 0;
  std::vector<Movement> movements;
  bool overflow = false;  // a line of the dealer has no amounts
};

class Balances {
 public:
  explicit Balances(const Replay& replay) : replay_(replay), facts_(replay.facts()) {
    add_authorised();
    add_setoffs();
    add_lines();
    add_claims();
    add_fines();
    add_demos();
    for (auto& [name, balance] : by_dealer_) follow_credit(balance);
  }

  const std::map<std::string_view, Balance>& all() const { return by_dealer_; }

 private:
  Balance& of(DealerId dealer) { return by_dealer_[facts_.dealer_names[dealer.value]]; }

  void add_authorised() {
    for (std::uint32_t dealer = 0; dealer < facts_.dealers.size(); ++dealer) {
      if (facts_.authorised.latest(facts_.dealers[dealer].authorised, stands) != nullptr)
        of(DealerId{dealer});
    }
  }

  void add_setoffs() {
    for (const auto& setoff : facts_.setoffs.all()) {
      if (!stands(setoff)) continue;
      auto& balance = of(setoff.dealer);
      balance.setoff += setoff.amount_fen;
      balance.movements.push_back({setoff.index, false, setoff.amount_fen});
    }
  }

  void add_lines() {
    for (const auto& line : replay_.lines()) {
      const auto* created = replay_.world().standing(View{}).order(line.order);
      if (created == nullptr) continue;
      auto& balance = of(created->dealer);
      balance.overflow = balance.overflow || line.overflow;
      balance.granted += line.claims.granted_fen;
      balance.to_claw_back += line.over_fen;
      balance.payable += line.payable_fen;
    }
    for (const auto& settlement : facts_.settlements.all()) {
      if (!stands(settlement) || settlement.step != Settlement::Kind::approved) continue;
      const auto* created = replay_.world().standing(View{}).order(settlement.order);
      if (created == nullptr) continue;
      of(created->dealer).movements.push_back({settlement.index, true, settlement.amount_fen});
    }
  }

  void add_claims() {
    for (const auto& claim : replay_.world().claims().all()) {
      auto& balance = of(claim.issued->dealer);
      balance.issued += claim.issued->amount_fen;
      balance.waived += claim.waived_fen;
      balance.recovered += claim.recovered_fen;
    }
  }

  void add_fines() {
    for (const auto& fine : replay_.fines()) {
      auto& balance = of(fine.imposed->dealer);
      balance.fines += fine.due_fen;
      facts_.penalties_paid.each(facts_.penalties[fine.penalty.value].paid,
                                 [&](const PenaltyPaid& paid) {
                                   if (stands(paid)) balance.fines_paid += paid.amount_fen;
                                 });
    }
  }

  // A demo car brings its dealer in when its preference is to be clawed back, claimed or not.
  void add_demos() {
    for (const auto& demo : replay_.demos()) {
      if (demo.clawback_fen > 0) of(demo.dealer).to_claw_back += demo.over_fen;
    }
  }

  // Overdrawn: what each set-off took beyond the credit there was when it came.
  static void follow_credit(Balance& balance) {
    std::sort(balance.movements.begin(), balance.movements.end(),
              [](const Movement& a, const Movement& b) { return a.index < b.index; });
    Int128 credit = 0;
    for (const auto& movement : balance.movements) {
      if (movement.grant) {
        credit += movement.amount_fen;
        continue;
      }
      const Int128 available = credit < 0 ? Int128{0} : credit;
      if (movement.amount_fen > available) balance.overdrawn += movement.amount_fen - available;
      credit -= movement.amount_fen;
    }
  }

  const Replay& replay_;
  const Facts& facts_;
  std::map<std::string_view, Balance> by_dealer_;  // sorted as printed
};

// The row of a dealer; nothing when an amount does not fit.
std::optional<std::string> row_of(std::string_view dealer, const Balance& balance) {
  std::string row;
  bool fits = !balance.overflow;
  JsonObject object(row);
  object.text("dealer", dealer);
  const auto put = [&](std::string_view key, Int128 amount) {
    const auto fen = policy::narrow(amount);
    fits = fits && fen.has_value();
    object.number(key, fen.value_or(0));
  };
  put("granted_fen", balance.granted);
  put("setoff_fen", balance.setoff);
  put("credit_fen", balance.granted - balance.setoff);
  put("overdrawn_fen", balance.overdrawn);
  put("issued_fen", balance.issued);
  put("waived_fen", balance.waived);
  put("recovered_fen", balance.recovered);
  put("fines_fen", balance.fines);
  put("fines_paid_fen", balance.fines_paid);
  put("receivable_fen",
      balance.issued - balance.waived - balance.recovered + balance.fines - balance.fines_paid);
  put("to_claw_back_fen", balance.to_claw_back);
  put("payable_fen", balance.payable);
  object.close();
  if (!fits) return std::nullopt;
  return row;
}

}  // namespace

ledger::Result<ModelRows> print_balances(const Replay& replay) {
  ModelRows result;
  const Balances balances(replay);
  for (const auto& [dealer, balance] : balances.all()) {
    if (auto row = row_of(dealer, balance)) {
      result.rows.push_back(*std::move(row));
    } else {
      result.overflows.emplace_back(dealer);
      JsonObject(result.overflow_keys.emplace_back()).text("dealer", dealer).close();
    }
  }
  return result;
}

}  // namespace projections

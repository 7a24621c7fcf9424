#include <algorithm>

#include "projections/json.h"
#include "projections/models.h"
#include "projections/policy/money.h"

namespace projections {
namespace {

using ledger::Date;

// Whether the list in force on the day of the tender names the bank.
bool is_refused_bank(const Facts& facts, const BillTendered& bill) {
  const auto* list =
      facts.bank_lists.latest(facts.bank_list_chain, [&](const BankListPublished& published) {
        return stands(published) && published.day <= bill.day;
      });
  return list != nullptr &&
         std::find(list->banks.begin(), list->banks.end(), bill.bank) != list->banks.end();
}

// Why C2.3 refuses the bill; empty: it is to be accepted.
std::vector<std::string_view> reasons_of(const Facts& facts, const BillTendered& bill,
                                         const policy::CommercialPack::Bill& rules) {
  std::vector<std::string_view> reasons;
  if (policy::add_months(bill.issued_on, rules.max_tenor_months) < bill.matures_on)
    reasons.emplace_back("tenor");
  if (bill.face_fen > rules.max_face_fen) reasons.emplace_back("face");
  if (bill.local_small_bank || is_refused_bank(facts, bill))
    reasons.emplace_back("local_small_bank");
  if (bill.endorsements > static_cast<std::uint32_t>(rules.max_endorsements))
    reasons.emplace_back("endorsements");
  return reasons;
}

// The last endorsement is the dealer's own, so that one or none is a direct bill.
std::int64_t deduction_of(const BillTendered& bill, const policy::CommercialPack::Bill& rules) {
  const auto& rates = bill.endorsements <= 1 ? rules.direct : rules.endorsed;
  const bool is_short =
      bill.matures_on <= policy::add_months(bill.issued_on, rules.short_tenor_months);
  // A face of at most 10^13 fen at a rate below 100 % cannot overflow.
  return policy::share_bp(bill.face_fen, is_short ? rates.short_bp : rates.long_bp).value_or(0);
}

std::string row_of(const World& world, std::string_view name, const BillTendered& bill,
                   const BillDecided* decided) {
  const auto& facts = world.facts();
  const auto* pack = world.policies().governing(Model::commercial, {}, Date{bill.day}, bill.dealer);
  std::vector<std::string_view> reasons{"no_policy"};
  if (pack != nullptr) reasons = reasons_of(facts, bill, pack->commercial()->bill);

  std::string row;
  JsonObject object(row);
  object.text("bill", name);
  object.text("dealer", facts.dealer_names[bill.dealer.value]);
  if (pack != nullptr) object.text("expected", reasons.empty() ? "accepted" : "refused");
  object.array("reasons", reasons,
               [](std::string_view reason, std::string& out) { append_quoted(reason, out); });
  std::optional<std::int64_t> deduction;
  if (pack != nullptr && reasons.empty()) deduction = deduction_of(bill, pack->commercial()->bill);
  if (deduction) object.number("deduction_fen", *deduction);
  if (decided != nullptr) object.text("decided", decided->accepted ? "accepted" : "refused");
  if (deduction && decided != nullptr && decided->accepted) {
    object.number("difference_fen", decided->deduction_fen - *deduction);
  }
  object.close();
  return row;
}

}  // namespace

ledger::Result<ModelRows> print_bills(const Replay& replay) {
  const auto& facts = replay.facts();
  std::vector<std::pair<std::string_view, std::string>> rows;
  for (std::uint32_t number = 0; number < facts.bills.size(); ++number) {
    const auto* tendered = facts.bills_tendered.latest(facts.bills[number].tendered, stands);
    if (tendered == nullptr) continue;
    const auto* decided = facts.bills_decided.latest(facts.bills[number].decided, stands);
    const auto name = facts.bill_names[number];
    rows.emplace_back(name, row_of(replay.world(), name, *tendered, decided));
  }
  std::sort(rows.begin(), rows.end());
  ModelRows result;
  for (auto& [name, row] : rows) result.rows.push_back(std::move(row));
  return result;
}

}  // namespace projections

#include "projections/policy/pack.h"

#include <algorithm>
#include <limits>

#include "ledger/catalogue.h"
#include "projections/policy/document.h"
#include "projections/policy/fields.h"

namespace projections::policy {
namespace {

using ledger::Result;

constexpr int count_max = std::numeric_limits<std::int32_t>::max();
constexpr int whole_bp = 10'000;

// Bounds of sense, so that no period leaves the calendar.
constexpr int months_max = 1'200;
constexpr int days_max = 36'500;
constexpr int hours_max = 24 * days_max;
constexpr int every_month_days = 28;

constexpr std::size_t id_length_max = 64;
constexpr std::size_t line_length_max = 4'096;

Wording parse_wording(Fields& fields) {
  return {fields.text("zh", line_length_max), fields.text("en", line_length_max)};
}

// The members of a schema enumeration that `key` names; `spellings` end with a null.
template <class Enum>
EnumSet<Enum> parse_set(Fields& fields, std::string_view key, const char* const* spellings) {
  Choices choices;
  for (; *spellings != nullptr; ++spellings) choices.emplace_back(*spellings);
  EnumSet<Enum> members;
  for (const auto& name : fields.names(key, choices)) {
    const auto found = std::find(choices.begin(), choices.end(), name);
    members.insert(static_cast<Enum>(found - choices.begin()));
  }
  return members;
}

std::vector<Tier> parse_tiers(Fields& fields) {
  std::vector<Tier> tiers;
  fields.tables("tiers", [&](Fields& row) {
    const Tier tier{row.count("from", 1, count_max), row.fen("per_vehicle_fen")};
    if (!tiers.empty() && tier.from <= tiers.back().from) {
      row.refuse("from", ledger::worded("more than {}, where the tier before starts",
                                        "大于 {}，即上一档位的起点", tiers.back().from));
    }
    if (!tiers.empty() && tier.per_vehicle_fen < tiers.back().per_vehicle_fen) {
      row.refuse("per_vehicle_fen",
                 ledger::worded("{} or more, the rate of the tier before: more vehicles never earn "
                                "less each",
                                "至少 {}，即上一档位的单价：数量更多时，每辆所得不会更少",
                                tiers.back().per_vehicle_fen));
    }
    tiers.push_back(tier);
  });
  return tiers;
}

FleetPack::Accumulation parse_accumulation(Fields& fields) {
  FleetPack::Accumulation rules{};
  rules.affiliates = fields.flag("affiliates");
  rules.kinds = parse_set<CustomerRelationKind>(fields, "kinds",
                                                ledger::schema::EnumNamesCustomerRelationKind());
  const auto window = fields.choice("window", {"policy-year", "agreement"});
  rules.window = window == 0 ? Window::policy_year : Window::agreement;
  return rules;
}

FleetPack::Reward parse_reward(Fields& fields) {
  const FleetPack::Reward rules{fields.bp("min_bp", count_max), fields.bp("max_bp", count_max)};
  if (rules.min_bp > rules.max_bp) {
    fields.refuse("min_bp", {"at most `max_bp`", "不超过 `max_bp`"});
  }
  return rules;
}

FleetPack::Completeness parse_completeness(Fields& fields) {
  return {fields.flag("registered"), fields.flag("local_subsidy_applied"),
          fields.flag("status_entered")};
}

FleetPack::Penalty parse_penalty(Fields& fields) {
  const FleetPack::Penalty rules{fields.fen("complaint_fen"), fields.fen("false_claim_min_fen"),
                                 fields.fen("false_claim_max_fen")};
  if (rules.false_claim_min_fen > rules.false_claim_max_fen) {
    fields.refuse("false_claim_min_fen",
                  {"at most `false_claim_max_fen`", "不超过 `false_claim_max_fen`"});
  }
  return rules;
}

FleetPack::ServiceLevels parse_service_levels(Fields& fields) {
  return {fields.count("support_hours", 0, hours_max),
          fields.count("settlement_working_days", 0, days_max),
          fields.count("status_hours", 0, hours_max)};
}

FleetPack::Buyers parse_buyers(Fields& fields) {
  FleetPack::Buyers rules{};
  rules.system_classes =
      parse_set<CustomerClass>(fields, "system_classes", ledger::schema::EnumNamesCustomerClass());
  rules.other_owners =
      static_cast<OtherOwners>(fields.choice("other_owners", {"nobody", "class-b", "anyone"}));
  return rules;
}

FleetPack parse_fleet(Fields& fields) {
  FleetPack rules{};
  rules.buyers = any_buyers();
  fields.table("customer", [&](Fields& table) {
    rules.customer.classes =
        parse_set<CustomerClass>(table, "classes", ledger::schema::EnumNamesCustomerClass());
  });
  fields.table("filing", [&](Fields& table) {
    rules.filing = {table.count("protection_months", 0, months_max),
                    table.count("progress_day", 1, every_month_days)};
  });
  fields.table("standard", [&](Fields& table) { rules.standard.tiers = parse_tiers(table); });
  fields.table("accumulation",
               [&](Fields& table) { rules.accumulation = parse_accumulation(table); });
  fields.table("special", [&](Fields& table) {
    rules.special.min_quantity = table.count("min_quantity", 0, count_max);
  });
  fields.table("recognised", [&](Fields& table) {
    rules.recognised.approver_roles = table.names("approver_roles", {});
  });
  fields.table("hq_direct", [&](Fields& table) {
    rules.hq_direct.delivery_fee_fen = table.fen("delivery_fee_fen");
  });
  fields.table("reward", [&](Fields& table) { rules.reward = parse_reward(table); });
  fields.table("completeness",
               [&](Fields& table) { rules.completeness = parse_completeness(table); });
  fields.table("penalty", [&](Fields& table) { rules.penalty = parse_penalty(table); });
  fields.table("service_levels",
               [&](Fields& table) { rules.service_levels = parse_service_levels(table); });
  if (fields.has("buyers"))
    fields.table("buyers", [&](Fields& table) { rules.buyers = parse_buyers(table); });
  return rules;
}

CommercialPack::Deduction parse_deduction(Fields& fields) {
  return {fields.bp("short", whole_bp), fields.bp("long", whole_bp)};
}

CommercialPack::Bill parse_bill(Fields& fields) {
  CommercialPack::Bill rules{};
  rules.max_tenor_months = fields.count("max_tenor_months", 0, months_max);
  rules.short_tenor_months = fields.count("short_tenor_months", 0, months_max);
  if (rules.short_tenor_months > rules.max_tenor_months) {
    fields.refuse("short_tenor_months",
                  {"at most `max_tenor_months`", "不超过 `max_tenor_months`"});
  }
  rules.max_face_fen = fields.fen("max_face_fen");
  rules.max_endorsements = fields.count("max_endorsements", 0, count_max);
  fields.table("direct_bp", [&](Fields& table) { rules.direct = parse_deduction(table); });
  fields.table("endorsed_bp", [&](Fields& table) { rules.endorsed = parse_deduction(table); });
  return rules;
}

CommercialPack::Demo parse_demo(Fields& fields) {
  return {fields.bp("price_bp", whole_bp), fields.count("keep_months", 0, months_max),
          fields.count("documents_days", 0, days_max),
          fields.count("second_after_invoiced", 0, count_max)};
}

CommercialPack parse_commercial(Fields& fields) {
  CommercialPack rules{};
  fields.table("bill", [&](Fields& table) { rules.bill = parse_bill(table); });
  fields.table("volume_rebate",
               [&](Fields& table) { rules.volume_rebate.tiers = parse_tiers(table); });
  fields.table("demo", [&](Fields& table) { rules.demo = parse_demo(table); });
  return rules;
}

void parse_clauses(Fields& fields, Pack& pack) {
  if (!fields.has("clauses")) return;
  fields.table("clauses", [&](Fields& table) {
    table.each([&](const std::string& clause, Fields& phrase) {
      pack.clauses.emplace(clause, parse_wording(phrase));
    });
  });
}

void parse_signatures(Fields& fields, Pack& pack) {
  if (!fields.has("signatures")) return;
  const auto is_type = [](std::string_view name) {
    return ledger::catalogue().find(name) != nullptr;
  };
  const ledger::Message wanted("an event type of the catalogue", "目录中的事件类型");
  fields.table("signatures", [&](Fields& table) {
    if (table.has("required")) pack.signatures.required = table.names("required", is_type, wanted);
    if (table.has("distinct")) pack.signatures.distinct = table.pairs("distinct", is_type, wanted);
  });
}

void parse_top(Fields& fields, Pack& pack) {
  pack.policy = fields.text("policy", id_length_max);
  pack.version = fields.count("version", 1, count_max);
  const auto model = fields.choice("model", {"nev-fleet", "commercial"});
  fields.table("title", [&](Fields& title) { pack.title = parse_wording(title); });
  pack.effective_from = fields.date("effective_from");
  pack.effective_to = fields.date("effective_to");
  if (pack.effective_to < pack.effective_from) {
    fields.refuse("effective_to",
                  {"a date on or after `effective_from`", "不早于 `effective_from` 的日期"});
  }
  if (fields.has("brand")) pack.brand = fields.text("brand", id_length_max);
  parse_clauses(fields, pack);
  parse_signatures(fields, pack);
  if (model == 0)
    pack.rules = parse_fleet(fields);
  else
    pack.rules = parse_commercial(fields);
}

}  // namespace

const Tier* tier_for(const std::vector<Tier>& tiers, std::int64_t basis) {
  const auto above = std::upper_bound(
      tiers.begin(), tiers.end(), basis,
      [](std::int64_t quantity, const Tier& tier) { return quantity < tier.from; });
  return above == tiers.begin() ? nullptr : &*std::prev(above);
}

FleetPack::Buyers any_buyers() {
  FleetPack::Buyers rules{{}, OtherOwners::class_b};
  for (const auto customer_class : ledger::schema::EnumValuesCustomerClass())
    rules.system_classes.insert(customer_class);
  return rules;
}

const Wording* Pack::clause(std::string_view clause) const {
  const auto found = clauses.find(clause);
  return found == clauses.end() ? nullptr : &found->second;
}

Result<Pack> parse_pack(std::string_view toml_text) {
  const auto document = TRY(parse_document(toml_text));
  Pack pack{};
  Faults faults;
  Fields fields(std::get<Table>(document.content), "", document.line, faults);
  parse_top(fields, pack);
  fields.finish();
  if (faults.first()) return *faults.first();
  return pack;
}

}  // namespace projections::policy

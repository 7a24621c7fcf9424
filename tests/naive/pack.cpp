#include "tests/naive/pack.h"

#include <toml++/toml.h>

#include "ledger/base/check.h"

namespace naive {
namespace {

using Node = toml::node_view<const toml::node>;

std::int64_t number(Node node) {
  const auto value = node.value<std::int64_t>();
  ledger::check(value.has_value(), "a number of the pack is missing");
  return *value;
}

std::string text(Node node) {
  const auto value = node.value<std::string>();
  ledger::check(value.has_value(), "a text of the pack is missing");
  return *value;
}

bool truth(Node node) {
  const auto value = node.value<bool>();
  ledger::check(value.has_value(), "a switch of the pack is missing");
  return *value;
}

ledger::Date day(Node node) {
  const auto value = node.value<toml::date>();
  ledger::check(value.has_value(), "a date of the pack is missing");
  return *ledger::date_of({value->year, value->month, value->day});
}

std::set<std::string> texts(Node node) {
  std::set<std::string> result;
  for (const auto& item : *node.as_array()) result.insert(*item.value<std::string>());
  return result;
}

Tiers tiers(Node node) {
  Tiers result;
  for (const auto& item : *node.as_array()) {
    const Node tier(item);
    result.push_back({number(tier["from"]), number(tier["per_vehicle_fen"])});
  }
  return result;
}

void read_fleet(Node toml, Pack& pack) {
  pack.classes = texts(toml["customer"]["classes"]);
  pack.protection_months = number(toml["filing"]["protection_months"]);
  pack.progress_day = number(toml["filing"]["progress_day"]);
  pack.tiers = tiers(toml["standard"]["tiers"]);
  pack.affiliates = truth(toml["accumulation"]["affiliates"]);
  pack.relation_kinds = texts(toml["accumulation"]["kinds"]);
  pack.window = text(toml["accumulation"]["window"]);
  pack.special_min_quantity = number(toml["special"]["min_quantity"]);
  pack.approver_roles = texts(toml["recognised"]["approver_roles"]);
  pack.delivery_fee_fen = number(toml["hq_direct"]["delivery_fee_fen"]);
  pack.reward_min_bp = number(toml["reward"]["min_bp"]);
  pack.reward_max_bp = number(toml["reward"]["max_bp"]);
  pack.needs_registered = truth(toml["completeness"]["registered"]);
  pack.needs_local_subsidy = truth(toml["completeness"]["local_subsidy_applied"]);
  pack.needs_status = truth(toml["completeness"]["status_entered"]);
  pack.complaint_fen = number(toml["penalty"]["complaint_fen"]);
  pack.false_claim_min_fen = number(toml["penalty"]["false_claim_min_fen"]);
  pack.false_claim_max_fen = number(toml["penalty"]["false_claim_max_fen"]);
  pack.support_hours = number(toml["service_levels"]["support_hours"]);
  pack.settlement_working_days = number(toml["service_levels"]["settlement_working_days"]);
  pack.status_hours = number(toml["service_levels"]["status_hours"]);
  if (const auto buyers = toml["buyers"]) {
    pack.system_classes = texts(buyers["system_classes"]);
    pack.other_owners = text(buyers["other_owners"]);
  }
}

void read_commercial(Node toml, Pack& pack) {
  const auto bill = toml["bill"];
  pack.bill.max_tenor_months = number(bill["max_tenor_months"]);
  pack.bill.short_tenor_months = number(bill["short_tenor_months"]);
  pack.bill.max_face_fen = number(bill["max_face_fen"]);
  pack.bill.max_endorsements = number(bill["max_endorsements"]);
  pack.bill.direct_short_bp = number(bill["direct_bp"]["short"]);
  pack.bill.direct_long_bp = number(bill["direct_bp"]["long"]);
  pack.bill.endorsed_short_bp = number(bill["endorsed_bp"]["short"]);
  pack.bill.endorsed_long_bp = number(bill["endorsed_bp"]["long"]);
  pack.volume_tiers = tiers(toml["volume_rebate"]["tiers"]);
  pack.demo.price_bp = number(toml["demo"]["price_bp"]);
  pack.demo.keep_months = number(toml["demo"]["keep_months"]);
  pack.demo.documents_days = number(toml["demo"]["documents_days"]);
  pack.demo.second_after_invoiced = number(toml["demo"]["second_after_invoiced"]);
}

}  // namespace

std::optional<Tier> tier_at(const Tiers& tiers, std::int64_t quantity) {
  std::optional<Tier> reached;
  for (const auto& tier : tiers) {
    if (tier.from <= quantity && (!reached || tier.from > reached->from)) reached = tier;
  }
  return reached;
}

Pack read_pack(std::string_view document) {
  const auto table = toml::parse(document);
  const toml::node& root = table;
  const Node toml(root);
  Pack pack;
  pack.policy = text(toml["policy"]);
  pack.model = text(toml["model"]);
  pack.version = number(toml["version"]);
  pack.from = day(toml["effective_from"]);
  pack.to = day(toml["effective_to"]);
  if (pack.model == "nev-fleet") read_fleet(toml, pack);
  if (pack.model == "commercial") read_commercial(toml, pack);
  return pack;
}

}  // namespace naive

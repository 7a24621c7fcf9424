// A policy pack, read from its TOML without ceremony: packs in a ledger are valid.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/time.h"

namespace naive {

struct Tier {
  std::int64_t from, per_vehicle_fen;
};

using Tiers = std::vector<Tier>;

// The highest tier that starts at or below `quantity`; nothing below the first.
std::optional<Tier> tier_at(const Tiers& tiers, std::int64_t quantity);

struct BillRules {
  std::int64_t max_tenor_months, short_tenor_months, max_face_fen, max_endorsements;
  std::int64_t direct_short_bp, direct_long_bp, endorsed_short_bp, endorsed_long_bp;
};

struct DemoRules {
  std::int64_t price_bp, keep_months, documents_days, second_after_invoiced;
};

struct Pack {
  std::string policy, model;
  std::int64_t version{};
  ledger::Date from, to;  // both included

  // Model nev-fleet.
  std::set<std::string> classes;
  std::int64_t protection_months{}, progress_day{};
  Tiers tiers;
  bool affiliates{};
  std::set<std::string> relation_kinds;
  std::string window;
  std::int64_t special_min_quantity{};
  std::set<std::string> approver_roles;
  std::int64_t delivery_fee_fen{};
  std::int64_t reward_min_bp{}, reward_max_bp{};
  bool needs_registered{}, needs_local_subsidy{}, needs_status{};
  std::int64_t complaint_fen{}, false_claim_min_fen{}, false_claim_max_fen{};
  // Nothing: every class, and class B alone.
  std::optional<std::set<std::string>> system_classes;
  std::string other_owners = "class-b";
  std::int64_t support_hours{}, settlement_working_days{}, status_hours{};

  // Model commercial.
  BillRules bill{};
  Tiers volume_tiers;
  DemoRules demo{};

  bool holds(ledger::Date date) const { return from <= date && date <= to; }
};

Pack read_pack(std::string_view document);

}  // namespace naive

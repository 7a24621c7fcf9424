// Policy packs: the numbers and lists of one version of one policy, as data. The keys
// are those of the TOML document, described in docs/POLICY.md.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ledger/base/error.h"
#include "ledger/base/time.h"
#include "ledger/signature_rules.h"
#include "projections/policy/enum_set.h"
#include "schemas/event_generated.h"

namespace projections::policy {

using ledger::schema::CustomerClass;
using ledger::schema::CustomerRelationKind;

// A phrase in both languages.
struct Wording {
  std::string zh, en;
};

// From this many vehicles on, each one is worth this much.
struct Tier {
  std::int32_t from;
  std::int64_t per_vehicle_fen;
};

// The tier reached with `basis` vehicles: the highest that starts at or below it; null
// below the first. `tiers` rise strictly, as parsed.
const Tier* tier_for(const std::vector<Tier>& tiers, std::int64_t basis);

// Over which time the deliveries of other projects add up.
enum class Window { policy_year, agreement };

// Of which buyers it is expected that others than the buyer and its party own the cars.
enum class OtherOwners { nobody, class_b, anyone };

// The rule set `nev-fleet`: fleet-customer support (policies N, J, T).
struct FleetPack {
  struct Customer {
    EnumSet<CustomerClass> classes;
  };

  struct Filing {
    int protection_months, progress_day;
  };

  struct Standard {
    std::vector<Tier> tiers;
  };

  struct Accumulation {
    bool affiliates;
    EnumSet<CustomerRelationKind> kinds;
    Window window;
  };

  struct Special {
    std::int32_t min_quantity;
  };

  struct Recognised {
    std::vector<std::string> approver_roles;
  };

  struct HqDirect {
    std::int64_t delivery_fee_fen;
  };

  struct Reward {
    std::int32_t min_bp, max_bp;  // both included
  };

  struct Completeness {
    bool registered, local_subsidy_applied, status_entered;
  };

  struct Penalty {
    std::int64_t complaint_fen, false_claim_min_fen, false_claim_max_fen;
  };

  struct ServiceLevels {
    int support_hours, settlement_working_days, status_hours;
  };

  // Class A buys and uses; class B buys for a system, whose parts register (T). A pack may
  // leave it out; what then holds is `any_buyers`.
  struct Buyers {
    EnumSet<CustomerClass> system_classes;  // whose buyers for a system are of class B
    OtherOwners other_owners;
  };

  Customer customer;
  Filing filing;
  Standard standard;
  Accumulation accumulation;
  Special special;
  Recognised recognised;
  HqDirect hq_direct;
  Reward reward;
  Completeness completeness;
  Penalty penalty;
  ServiceLevels service_levels;
  Buyers buyers;
};

// Customers of every class may be of class B, and only of these other owners are expected.
FleetPack::Buyers any_buyers();

// The rule set `commercial`: bills, volume rebate, demo cars (policy C).
struct CommercialPack {
  // Deductions by tenor: up to and including `short_tenor_months`, and above.
  struct Deduction {
    std::int32_t short_bp, long_bp;
  };

  struct Bill {
    int max_tenor_months, short_tenor_months;
    std::int64_t max_face_fen;
    std::int32_t max_endorsements;
    Deduction direct, endorsed;  // keys `direct_bp`, `endorsed_bp`
  };

  struct VolumeRebate {
    std::vector<Tier> tiers;
  };

  struct Demo {
    std::int32_t price_bp;
    int keep_months, documents_days;
    std::int32_t second_after_invoiced;
  };

  Bill bill;
  VolumeRebate volume_rebate;
  Demo demo;
};

struct Pack {
  std::string policy;
  std::int32_t version;
  Wording title;
  ledger::Date effective_from, effective_to;  // both included
  std::optional<std::string> brand;
  std::map<std::string, Wording, std::less<>> clauses;  // by clause, `N5.1`: one line each
  std::variant<FleetPack, CommercialPack> rules;        // the model
  ledger::SignatureRules signatures;                    // none unless the pack has the table

  bool covers(ledger::Date date) const { return effective_from <= date && date <= effective_to; }

  const FleetPack* fleet() const { return std::get_if<FleetPack>(&rules); }

  const CommercialPack* commercial() const { return std::get_if<CommercialPack>(&rules); }

  // The paraphrase of `clause`; null when the pack has none.
  const Wording* clause(std::string_view clause) const;
};

// Reads a pack strictly. Fails with `invalid`, naming line, key, got and wanted, on TOML
// errors, unknown or missing keys, wrong types, values out of range, a range with its ends
// reversed, and tiers that are none, do not rise, or pay less for more.
ledger::Result<Pack> parse_pack(std::string_view toml_text);

}  // namespace projections::policy

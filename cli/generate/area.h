// One area of the national history, a city with its dealers and customers over two
// years, while it is being made up. Everything that outlives an area is a number.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cli/generate/calendar.h"
#include "cli/generate/city.h"
#include "cli/generate/dice.h"
#include "cli/generate/identifier.h"
#include "cli/generate/plan.h"
#include "cli/generate/tariff.h"

namespace cli::generate {

// What does not happen to everybody. Each comes once a round rather than by mere chance, so that a
// history of some size has all of it whatever the seed.
enum class Rarity : std::uint8_t {
  agreement,
  agreement_ended,
  agreement_not_uploaded,
  appeal,
  bill_misjudged,
  buyer_for_system,
  cancelled,
  clawback_forgotten,
  clawback_partly,
  clawback_waived,
  complaint,
  complaint_founded,
  confirmed_back_dated,
  confirmed_late,
  customer_refused,
  dealer_noticed_late,
  dealer_suspended,
  dealer_as_customer,
  demo_disposed,
  direct_supported,
  doubly_supported,
  duplicate_vehicle,
  evidence_missing,
  filing_refused,
  finding,
  finding_dismissed,
  finding_ineligible,
  floating_rebate,
  hq_direct,
  jlr,
  manager_replaced,
  mileage_mistyped,
  no_filing_named,
  no_policy_named,
  obstructed,
  order_mistaken,
  order_of_2018,
  overdrawn,
  penalty_unusual,
  rebate_wrong,
  reward_too_high,
  recognition_flawed,
  reassigned,
  reduced,
  registration_mistyped,
  related,
  relation_ended,
  released,
  returned,
  settlement_mistyped,
  settlement_refused,
  settlement_slow,
  settlement_wrong,
  spec_approved_late,
  special,
  special_spec,
  subsidy_refused,
  support_late,
  support_refused,
  tender,
  transferred,
  unregistered,
  wrong_filing_named,
  count
};

// How many of each kind there have been since the history began; identifiers come of it.
struct Numbers {
  std::uint64_t seed{};
  std::int64_t dealer{}, customer{}, filing{}, project{}, order{}, vehicle{}, organisation{},
      settlement{}, invoice{}, finding{}, penalty{}, appeal{}, clawback{}, complaint{},
      inspection{}, activity{}, agreement{}, bill{}, rebate{};
  std::array<int, static_cast<std::size_t>(Rarity::count)> occasions{};
};

struct Dealer {
  Name id;
  std::string name;
  Name uscc;
  Source source;
  Day noticed;                     // of version 2 of the new-energy policy
  std::array<int, 24> invoiced{};  // vehicles by month
};

enum class CustomerClass : std::uint8_t {
  government,
  enterprise,
  rental_or_school,
  taxi,
  recognised
};

struct Customer {
  struct Handover {
    Day day;
    std::int64_t project;
    int vehicles;
  };

  Name id;
  std::string name;
  CustomerClass customer_class;
  Policy policy;
  Name uscc;  // empty: a natural person
  bool buys_for_system;
  std::string agent;  // empty: none
  Name agreement;     // empty: none
  std::int64_t recognised_rate_fen;
  std::vector<Handover> handovers;  // on orders through dealers
};

// Shared by the functions that make up an area. Not thread-safe.
struct Area {
  Area(const City& where, std::uint64_t seed, Numbers& running, Plan& telling)
      : city(where), dice(seed), numbers(running), plan(telling) {}

  // True once in each round of `pace` calls. Requires pace ≥ 1, the same at every call for one
  // rarity.
  bool comes(Rarity rarity, int pace);
  // Some moment of the day between two full hours.
  Moment during(Day day, int from_hour, int to_hour);
  // When the source usually learns of what happened at `time`: mostly within the hour,
  // by dealers now and then days or weeks later.
  Moment learned(Source source, Moment time);
  // Adds an event with the usual delay of recording. With a role, somebody's name for it.
  Line event(Source source, std::string_view type, std::string_view kind, std::string_view key,
             Moment time, std::string_view role = {});
  // The same with the recording given.
  Line event_recorded(Source source, std::string_view type, std::string_view kind,
                      std::string_view key, Moment time, Moment recorded,
                      std::string_view role = {});
  // Voids the event added last, some days later. Returns when.
  Moment void_latest(Source source, std::string_view reason);

  const City& city;
  Dice dice;
  Numbers& numbers;
  Plan& plan;
  std::vector<Dealer> dealers{};
};

}  // namespace cli::generate

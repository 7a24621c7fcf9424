// The conditions of the lines (policy.md 4): each with its clause and, where there is one,
// the event that decides it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "projections/world.h"

namespace projections {

// In the order in which they are listed and printed. Names are the JSON codes.
enum class Condition : std::uint8_t {
  no_order,
  dealer_not_authorised,
  no_policy,
  customer_class,
  dealer_is_customer,
  not_filed,
  filed_late,
  filing_other_dealer,
  filing_other_customer,
  not_approved,
  spec_not_approved,
  wrong_channel,
  false_order,
  agent_not_authorised,
  cancelled,
  below_special_quantity,
  recognition_incomplete,
  not_tender,
  rate_out_of_range,
  double_support,
};
std::string_view name_of(Condition condition);

// A condition that failed.
struct Unmet {
  Condition condition{};
  std::string_view clause;             // empty: no clause
  std::optional<std::uint32_t> event;  // log index
};

// A condition that was tested and held.
struct Met {
  Condition condition{};
  std::string_view clause;  // empty: no clause
};

// One line under one view, and what its rule reads first: the standing order, the
// approval, the pack and the party.
struct Case {
  Case(const World& of_world, OrderId of_order, schema::LineKind of_kind, const View& under);

  bool supported() const;  // standard, special or recognised

  const World& world;
  View view;
  OrderId order;
  schema::LineKind kind;
  const OrderCreated* created = nullptr;     // null: an unknown order, and nothing below is set
  const SupportDecided* decision = nullptr;  // the latest on this kind
  const policy::Pack* pack = nullptr;        // that governs (G7)
  const policy::FleetPack* rules = nullptr;
  std::vector<CustomerId> party;
  const RecognitionApproved* recognition = nullptr;  // the latest up to the order's date
  const TenderWon* tender = nullptr;
  const RewardDecided* reward = nullptr;
};

// The conditions that fail, in their order. Empty: the line is due.
std::vector<Unmet> unmet_conditions(const Case& line);

// The conditions that apply and hold, in their order. Of what is tested only after another
// condition held (a filing's holder, an agent, a special specification) nothing is said
// where it was not tested.
std::vector<Met> met_conditions(const Case& line);

}  // namespace projections

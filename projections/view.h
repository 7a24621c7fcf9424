#pragma once

#include <cstdint>

#include "projections/fact_table.h"
#include "projections/names.h"

namespace projections {

// What an evaluation takes into account of one and the same facts. The base view is the
// default; the others answer "what would it be without …", which is how a clawback is
// split into its causes (policy.md 4).
struct View {
  enum class Findings : std::uint8_t { all, not_of_order, none };

  Findings findings = Findings::all;
  OrderId order;             // not_of_order: whose findings are set aside
  bool uncorrected = false;  // voided events are back, and no vehicle was ever returned

  bool sees(const Fact& fact) const { return !fact.voided || uncorrected; }

  bool sets_aside(OrderId found_on) const {
    return findings == Findings::none || (findings == Findings::not_of_order && found_on == order);
  }

  static View without_findings_on(OrderId order) { return {Findings::not_of_order, order, false}; }

  static View without_findings() { return {Findings::none, {}, false}; }

  static View without_corrections() { return {Findings::none, {}, true}; }
};

}  // namespace projections

#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "projections/claims.h"
#include "projections/facts.h"
#include "projections/findings.h"
#include "projections/governing.h"
#include "projections/standing.h"
#include "projections/view.h"

namespace projections {

// Everything a rule may ask: the facts of a cut and what follows from them for all lines
// alike. Refers to the facts, which must outlive it and not change. Safe from any thread.
class World {
 public:
  explicit World(const Facts& facts);

  const Facts& facts() const { return *facts_; }

  const Findings& findings() const { return findings_; }

  const Policies& policies() const { return policies_; }

  const ClaimBook& claims() const { return claims_; }

  // Made on first need for views that take corrections back.
  const Standing& standing(const View& view) const;
  // Whether a dealer has this uscc (N4.1).
  bool is_dealer(TextId uscc, const View& view) const;
  // The fleet pack that governs on the date of the order; null without one and for an
  // unknown order.
  const policy::Pack* pack_of(OrderId order) const;
  // A VIN with demo.approved or demo.purchased.
  bool is_demo_car(VinId vin) const;

 private:
  const Facts* facts_;
  Findings findings_;
  Policies policies_;
  ClaimBook claims_;
  Standing standing_;
  mutable std::once_flag uncorrected_once_;
  mutable std::unique_ptr<const Standing> uncorrected_;
  std::vector<bool> dealer_usccs_, dealer_usccs_voided_;  // by TextId
};

}  // namespace projections

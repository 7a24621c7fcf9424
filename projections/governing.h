#pragma once

#include <vector>

#include "projections/facts.h"
#include "projections/rows.h"
#include "projections/view.h"

namespace projections {

enum class Model { nev_fleet, commercial };

// Which version of which policy governs (G7), and the working calendar, of a cut.
// Immutable once made.
class Policies {
 public:
  explicit Policies(const Facts& facts);

  // The pack that governs on `date` for `dealer`: of the policy `named`, or without a name
  // of the single policy of `model` that has a version for that date. Null where there is
  // none, more than one policy, another model, or no version the dealer had notice of.
  const policy::Pack* governing(Model model, PolicyId named, ledger::Date date, DealerId dealer,
                                const View& view = {}) const;

  const policy::Calendar& calendar() const { return calendar_; }

 private:
  bool covers(PolicyId policy, Model model, ledger::Date date) const;
  bool noticed(PolicyId policy, int version, DealerId dealer, ledger::Date date,
               const View& view) const;

  struct Notice {
    PolicyId policy;
    const NoticeDelivered* delivered;
  };

  const Facts* facts_;
  std::vector<PolicyId> published_;  // policies with at least one version
  Rows<Notice> notices_;             // by dealer
  policy::Calendar calendar_;
};

}  // namespace projections

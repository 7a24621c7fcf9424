#include <algorithm>

#include "projections/json.h"
#include "projections/models.h"

namespace projections {
namespace {

constexpr std::array<std::string_view, 5> state_names = {"applied", "approved", "purchased",
                                                         "documents_sent", "disposed"};

std::string row_of(const Facts& facts, const Demo& demo) {
  std::string row;
  JsonObject object(row);
  object.text("vin", facts.vin_names[demo.vin.value]);
  object.text("dealer", facts.dealer_names[demo.dealer.value]);
  if (demo.eligible) object.truth("eligible", *demo.eligible);
  if (demo.price_ok) object.truth("price_ok", *demo.price_ok);
  if (demo.documents_due) object.text("documents_due", to_string(*demo.documents_due));
  if (demo.documents) object.text("documents", to_string(*demo.documents));
  object.text("state", state_names[static_cast<std::size_t>(demo.state)]);
  object.number("clawback_fen", demo.clawback_fen);
  object.close();
  return row;
}

}  // namespace

ledger::Result<ModelRows> print_demos(const Replay& replay) {
  ModelRows result;
  // VINs are the first key and all of one length: rows sort as their VINs do.
  for (const auto& demo : replay.demos()) result.rows.push_back(row_of(replay.facts(), demo));
  std::sort(result.rows.begin(), result.rows.end());
  return result;
}

}  // namespace projections

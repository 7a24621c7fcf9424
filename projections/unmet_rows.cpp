#include "projections/unmet_rows.h"

#include "projections/json.h"

namespace projections {
namespace {

void append_one(const Unmet& unmet, const EventNames& events, std::string& out) {
  JsonObject object(out);
  if (!unmet.clause.empty()) object.text("clause", unmet.clause);
  object.text("condition", name_of(unmet.condition));
  if (unmet.event) {
    std::string event;
    events.append(*unmet.event, event);
    object.raw("event", event);
  }
  object.close();
}

}  // namespace

void append_unmet(const std::vector<Unmet>& unmet, const EventNames& events, std::string& out) {
  append_array(
      unmet, [&](const Unmet& one, std::string& text) { append_one(one, events, text); }, out);
}

}  // namespace projections

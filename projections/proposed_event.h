// Events the program words itself, for a human to review or for an overlay to suppose.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "ledger/base/time.h"

namespace projections {

struct ProposedEvent {
  std::string id, source, type, subject;
  ledger::Date day;       // the business date; it happens at noon, +08:00
  std::string_view role;  // empty: none
  std::string causation;  // `source#id`; empty: none
  std::string data;       // a JSON object
};

// The event as a line of the outside form, without its end.
std::string outside_form(const ProposedEvent& event);

// 24 hex digits that follow from `parts` alone: an id that says the same thing twice is the
// same id. The parts must not hold line ends.
std::string id_of(std::string_view prefix, std::initializer_list<std::string_view> parts);

}  // namespace projections

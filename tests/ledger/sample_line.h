// Lines of the outside form for any event type, made from its rules.
#pragma once

#include <string>

#include "ledger/catalogue.h"

namespace ledger::test {

// Which of the many lines of a type.
struct Shape {
  bool optional_fields = true;      // everything that may be there is there
  bool optional_attributes = true;  // recordedtime, actor and so on
  std::size_t group = 0;            // which group, where exactly one must be there
  std::size_t value = 0;            // which value of enumerations; 1: those that require most
};

// A valid line, keys in the order of the catalogue, no spaces.
std::string sample_line(const EventRule& rule, const Shape& shape);

}  // namespace ledger::test

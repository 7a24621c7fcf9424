#include "projections/row_name.h"

#include <string>

#include "projections/json.h"

namespace projections {
namespace {

// Takes the next key and its text off the front of a row.
std::string take_text(std::string_view& row) {
  const auto colon = row.find("\":\"");
  row.remove_prefix(colon == std::string_view::npos ? row.size() : colon + 2);
  return take_quoted(row);
}

// `O1/standard`, `P1/fine` or `VIN/demo`.
EntityKey entity_of_line(std::string_view line) {
  const auto slash = std::min(line.rfind('/'), line.size());
  const auto kind = line.substr(slash);
  auto entity = Entity::order;
  if (kind == "/fine") entity = Entity::penalty;
  if (kind == "/demo") entity = Entity::vehicle;
  return key_of(entity, line.substr(0, slash));
}

// `order/O1`, `settlement/S1`, `vehicle/VIN` or `filing/F1`.
EntityKey entity_of_subject(std::string_view subject) {
  const auto slash = std::min(subject.find('/'), subject.size());
  const auto kind = subject.substr(0, slash);
  auto entity = Entity::order;
  if (kind == "settlement") entity = Entity::settlement;
  if (kind == "vehicle") entity = Entity::vehicle;
  if (kind == "filing") entity = Entity::filing;
  return key_of(entity, subject.substr(std::min(slash + 1, subject.size())));
}

}  // namespace

EntityKey entity_of(ReadModel model, std::string_view row) {
  const auto name = take_text(row);
  switch (model) {
    case ReadModel::entitlements:
    case ReadModel::clawbacks:
      return entity_of_line(name);
    case ReadModel::balances:
    case ReadModel::targets:
    case ReadModel::rebates:
      return key_of(Entity::books, name);
    case ReadModel::filings:
      return key_of(Entity::filing, name);
    case ReadModel::obligations:
      return entity_of_subject(take_text(row));
    case ReadModel::bills:
      return key_of(Entity::bill, name);
    case ReadModel::demos:
      break;
  }
  return key_of(Entity::vehicle, name);
}

bool printed_before(ReadModel model, std::string_view a, std::string_view b) {
  auto rest_of_a = a;
  auto rest_of_b = b;
  const int names = model == ReadModel::obligations ? 2 : 1;
  for (int name = 0; name < names; ++name) {
    const auto of_a = take_text(rest_of_a);
    const auto of_b = take_text(rest_of_b);
    if (of_a != of_b) return of_a < of_b;
  }
  // Ids are free text: an order's line may be named as a fine is.
  return a < b;
}

}  // namespace projections

// What the engine says of a plain history, held against the naive evaluation.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "projections/replay.h"
#include "tests/support/plain_history.h"
#include "tests/support/printed_models.h"

namespace test {

// Every read model; CHECKs that the naive evaluation prints the same bytes.
PrintedModels judge(const PlainHistory& history, const projections::Cut& cut = {});

// The row of the model whose first key has this value. Stops the test without one.
boost::json::object row_of(const PlainHistory& history, const std::string& model,
                           const std::string& name, const projections::Cut& cut = {});
// The row of `entitlements`.
boost::json::object line_of(const PlainHistory& history, const std::string& line);
// The conditions a line does not meet.
std::vector<std::string> unmet_of(const PlainHistory& history, const std::string& line);
std::int64_t fen(const boost::json::object& row, const char* key);
// A cut by business date.
projections::Cut as_of(const char* date);

// The text of a pack we ship, and that text with a change in it.
std::string shipped_pack(const std::string& policy);
std::string changed_pack(const std::string& policy, std::string_view from, std::string_view to);

// A history under the shipped 2017 fleet policy.
FleetHistory fleet_history();

}  // namespace test

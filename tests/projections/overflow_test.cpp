// An amount beyond 64 bits of fen is an error that names the line; the others still print.
#include <algorithm>
#include <catch2/catch.hpp>

#include "projections/explain.h"
#include "projections/models.h"
#include "tests/support/memory_source.h"
#include "tests/support/scenario.h"

namespace projections {
namespace {

std::string event(const std::string& id, const std::string& type, const std::string& subject,
                  const std::string& data) {
  return R"({"specversion":"1.0","id":")" + id + R"(","source":"test","type":")" + type +
         R"(","subject":")" + subject + R"(","time":"2017-06-01T10:00:00+08:00","data":)" + data +
         "}";
}

// The first worked example under a pack that allows any rate of reward, with the dearest
// cars and the highest rate there can be on O1.
std::vector<std::string> rich_history() {
  auto lines = test::read_lines(test::scenarios().front());
  const std::string bound = "max_bp = 300";
  std::vector<std::string> vins;
  for (auto& line : lines) {
    const auto at = line.find(bound);
    if (at != std::string::npos) line.replace(at, bound.size(), "max_bp = 2147483647");
    const bool delivery = line.find("vehicle.delivered") != std::string::npos;
    if (delivery && line.find(R"("O1")") != std::string::npos) {
      vins.push_back(line.substr(line.find(R"("subject": "vehicle/)") + 20, 17));
    }
  }
  REQUIRE(vins.size() == 8);
  for (const auto& vin : vins) {
    lines.push_back(event(
        "i-" + vin, "vehicle.invoiced", "vehicle/" + vin,
        R"({"vin":")" + vin +
            R"(","order":"O1","dealer":"D01","invoice":"I1","price_fen":10000000000000,"model":"M"})"));
  }
  lines.push_back(
      event("t", "reward.tender_won", "order/O1",
            R"({"order":"O1","dealer":"D01","national":true,"informed":true,"took_part":true})"));
  lines.push_back(event("r", "reward.decided", "order/O1",
                        R"({"order":"O1","dealer":"D01","rate_bp":2147483647})"));
  return lines;
}

}  // namespace

TEST_CASE("an overflow names the line and leaves the others alone") {
  const test::MemorySource source(rich_history());
  const auto replay = Replay::run(source, Cut{}, 1);
  REQUIRE(replay);
  const auto printed = print_entitlements(**replay);
  REQUIRE(printed);
  CHECK(printed->overflows == std::vector<std::string>{"O1/reward"});
  CHECK(printed->rows.size() == 3);  // the standard lines of O1, O2, O3

  // The dealer's sums would need the amount: its row is named too, not printed wrong.
  const auto balances = print_balances(**replay);
  REQUIRE(balances);
  CHECK(balances->overflows == std::vector<std::string>{"D01"});

  const auto explained = explain(**replay, "O1/reward");
  REQUIRE_FALSE(explained);
  CHECK(explained.error().code == ledger::ErrorCode::invalid);
}

}  // namespace projections

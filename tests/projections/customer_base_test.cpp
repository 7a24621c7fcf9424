// The information base of customers, on worked example 1: C01 bought 19 cars in three orders.
#include "projections/customer_base.h"

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <map>

#include "tests/naive/owners.h"
#include "tests/projections/policy/packs.h"
#include "tests/support/dice.h"
#include "tests/support/memory_source.h"
#include "tests/support/plain_history.h"
#include "tests/support/random_history.h"
#include "tests/support/scenario.h"
#include "tests/support/tests_dir.h"

namespace projections {
namespace {

namespace json = boost::json;

constexpr const char* vin = "LFBED21A2HA001000";  // a car of O1

std::string event(const std::string& id, const std::string& type, const std::string& subject,
                  const std::string& day, const std::string& data) {
  return R"({"specversion":"1.0","id":")" + id + R"(","source":"hq/x","type":")" + type +
         R"(","subject":")" + subject + R"(","time":")" + day + R"(T10:00:00+08:00","data":)" +
         data + "}";
}

std::string owned_by(const std::string& id, const std::string& day, const std::string& uscc) {
  return event(id, "vehicle.registered", std::string("vehicle/") + vin, day,
               std::string(R"({"vin":")") + vin +
                   R"(","plate":"沪AD12345","owner":"X","owner_uscc":")" + uscc + R"("})");
}

std::string customer(const std::string& id, const std::string& uscc, bool for_others) {
  return event("reg-" + id, "customer.registered", "customer/" + id, "2017-06-01",
               R"({"customer":")" + id + R"(","name":"公司","class":"enterprise","uscc":")" + uscc +
                   R"(","buys_for_system":)" + (for_others ? "true" : "false") + "}");
}

// By customer.
std::map<std::string, json::object> rows_of(const EventSource& source) {
  const auto replay = Replay::run(source, {}, 1);
  REQUIRE(replay);
  const auto printed = print_customers(**replay, {});
  REQUIRE(printed);
  std::map<std::string, json::object> rows;
  for (const auto& row : (*printed).rows) {
    auto object = json::parse(row).as_object();
    rows.emplace(object.at("customer").as_string(), std::move(object));
  }
  return rows;
}

json::object row_in(const EventSource& source, const std::string& name) {
  const auto rows = rows_of(source);
  REQUIRE(rows.contains(name));
  return rows.at(name);
}

json::object row_of(std::vector<std::string> more, const char* name) {
  auto lines = test::read_lines(::test::in_tests("scenarios/01-three-projects.jsonl"));
  lines.insert(lines.end(), more.begin(), more.end());
  return row_in(test::MemorySource(lines), name);
}

// The history with owners told of some cars, buyers for a system, and packs that say what they
// expect of these.
std::vector<std::string> with_owners(std::vector<std::string> lines, std::uint64_t seed) {
  test::Dice dice(seed);
  const std::vector<std::string> codes{"91110000600037341L", "913101155887021336"};
  for (auto& line : lines) {
    auto event = json::parse(line).as_object();
    auto& data = event.at("data").as_object();
    const auto& type = event.at("type").as_string();
    if (type == "vehicle.registered" && dice.percent(80)) data["owner_uscc"] = dice.pick(codes);
    if (type == "customer.registered" && dice.percent(50)) data["buys_for_system"] = true;
    if (type == "customer.registered" && dice.percent(20)) data["uscc"] = dice.pick(codes);
    if (type == "policy.published" &&
        data.at("document").as_string().find("nev-fleet") != json::string::npos &&
        dice.percent(50)) {
      std::string buyers = "[buyers]\nsystem_classes = [\"government\"]\nother_owners = \"";
      buyers += dice.pick<const char*>({"class-b", "class-b", "nobody", "anyone"});
      data["document"] = std::string(data.at("document").as_string()) + buyers + "\"\n";
    }
    line = json::serialize(event);
  }
  return lines;
}

constexpr const char* own = "913101155887021336";
constexpr const char* other = "91110000600037341L";

}  // namespace

TEST_CASE("a car registered to somebody else counts, by its latest registration") {
  CHECK(row_of({}, "C01").at("vehicles") == 19);
  CHECK(row_of({}, "C01").at("other_owners") == 0);
  CHECK(row_of({owned_by("a", "2017-06-01", own)}, "C01").at("other_owners") == 0);
  CHECK(row_of({owned_by("a", "2017-06-01", other)}, "C01").at("other_owners") == 1);
  CHECK(row_of({owned_by("a", "2017-06-02", own), owned_by("b", "2017-06-01", other)}, "C01")
            .at("other_owners") == 0);
}

TEST_CASE("an owner of the same party is no other") {
  const std::string relation = event(
      "rel", "customer.relation_asserted", "customer/C01", "2017-06-01",
      R"({"customer":"C01","related":"C02","kind":"subsidiary","evidence":["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]})");
  const auto owned = owned_by("a", "2017-06-01", other);
  CHECK(row_of({customer("C02", other, false), owned}, "C01").at("other_owners") == 1);
  const auto joined = row_of({customer("C02", other, false), owned, relation}, "C01");
  CHECK(joined.at("other_owners") == 0);
  CHECK(joined.at("party") == json::array{"C01", "C02"});
  const std::string ended = event("end", "customer.relation_ended", "customer/C01", "2017-06-02",
                                  R"({"customer":"C01","related":"C02"})");
  const auto apart = row_of({customer("C02", other, false), owned, relation, ended}, "C01");
  CHECK(apart.at("other_owners") == 1);
  CHECK(apart.at("relations").as_array().empty());
}

TEST_CASE("a buyer for others is of class B, as its latest registration says") {
  const auto bought_for_others = customer("C01", own, true);
  const auto row = row_of({bought_for_others, owned_by("a", "2017-06-01", other)}, "C01");
  CHECK(row.at("buyer").as_string() == "B");
  CHECK(row.at("other_owners") == 1);
  CHECK(row.at("unexpected_owners") == 0);
  const auto own_use = row_of({owned_by("a", "2017-06-01", other)}, "C01");
  CHECK(own_use.at("buyer").as_string() == "A");
  CHECK(own_use.at("unexpected_owners") == 1);
}

TEST_CASE(
    "the pack says which classes may buy for a system and of whom other owners are expected") {
  const auto [classes, other_owners, customer_class, for_system, unexpected] =
      GENERATE(table<const char*, const char*, const char*, bool, int>(
          {{"[\"enterprise\"]", "class-b", "enterprise", true, 0},
           {"[\"enterprise\"]", "class-b", "government", true, 1},
           {"[\"enterprise\"]", "class-b", "enterprise", false, 1},
           {"[]", "nobody", "enterprise", true, 1},
           {"[]", "anyone", "enterprise", false, 0}}));
  const auto pack = policy::test::changed(
      policy::test::changed(policy::test::shipped("faw-toyota-fleet"),
                            R"(system_classes = ["government", "enterprise"])",
                            std::string("system_classes = ") + classes),
      R"("class-b")", "\"" + std::string(other_owners) + "\"");
  test::FleetHistory history("faw-toyota-fleet", pack);
  history.tell("customer.registered", "2017-01-02",
               {{"customer", "C1"},
                {"name", "某局"},
                {"class", customer_class},
                {"uscc", own},
                {"buys_for_system", for_system}});
  history.order("O1", "2017-03-01", 1);
  const auto bought = history.hand_over("O1", "2017-03-02");
  history.tell("vehicle.registered", "2017-03-02",
               {{"vin", bought}, {"plate", "沪AD12345"}, {"owner", "X"}, {"owner_uscc", other}});
  const test::MemorySource source(history.lines());
  const auto row = row_in(source, "C1");
  CHECK(row.at("other_owners") == 1);
  CHECK(row.at("unexpected_owners") == unexpected);
}

TEST_CASE("the owners of random histories are counted as the naive evaluation counts them",
          "[property]") {
  std::int64_t others = 0;
  std::int64_t unexpected = 0;
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    CAPTURE(seed);
    const auto lines = with_owners(test::random_history(seed, 100), seed);
    std::vector<json::object> events;
    events.reserve(lines.size());
    for (const auto& line : lines) events.push_back(json::parse(line).as_object());
    const auto history = naive::read_history(events);
    const naive::View view(history, naive::Cut{}, {}, naive::Corrections::made);
    auto counted = naive::other_owners(view);
    const test::MemorySource source(lines);
    for (const auto& [customer, row] : rows_of(source)) {
      CAPTURE(customer);
      CHECK(row.at("other_owners") == counted[customer].others);
      CHECK(row.at("unexpected_owners") == counted[customer].unexpected);
      others += counted[customer].others;
      unexpected += counted[customer].unexpected;
    }
  }
  CHECK(unexpected > 50);
  CHECK(others > unexpected + 50);
}

TEST_CASE("what the cars of the orders were invoiced at adds up") {
  const auto invoice = [](const char* id, const char* order, int fen) {
    return event(id, "vehicle.invoiced", std::string("vehicle/") + vin, "2017-06-01",
                 std::string(R"({"vin":")") + vin + R"(","order":")" + order +
                     R"(","dealer":"D01","invoice":"I","price_fen":)" + std::to_string(fen) +
                     R"(,"model":"M"})");
  };
  CHECK(row_of({invoice("a", "O1", 500), invoice("b", "O1", 700), invoice("c", "O2", 900)}, "C01")
            .at("invoiced_fen") == 700);
}

TEST_CASE("every order, filing and grant is somebody's", "[property]") {
  std::int64_t seen = 0;
  for (std::uint64_t seed = 0; seed < 80; ++seed) {
    CAPTURE(seed);
    const test::MemorySource source(test::random_history(seed, 100));
    const auto replay = Replay::run(source, {}, 1);
    REQUIRE(replay);
    const auto printed = print_customers(**replay, {});
    REQUIRE(printed);
    std::map<std::string, std::int64_t> sums;
    for (const auto& row : (*printed).rows) {
      const auto object = json::parse(row).as_object();
      for (const auto& [key, value] : object) {
        if (value.is_int64()) sums[key] += value.as_int64();
      }
    }
    std::int64_t orders = 0;
    std::int64_t vehicles = 0;
    const auto& standing = (*replay)->world().standing(View{});
    for (std::uint32_t number = 0; number < (*replay)->facts().orders.size(); ++number) {
      if (standing.order({number}) == nullptr) continue;
      ++orders;
      for (const auto& held : standing.held({number})) vehicles += held.found ? 0 : 1;
    }
    std::int64_t granted = 0;
    const auto balances = print_model(**replay, ReadModel::balances);
    REQUIRE(balances);
    for (const auto& row : (*balances).rows)
      granted += json::parse(row).as_object().at("granted_fen").as_int64();
    CHECK(sums["orders"] == orders);
    CHECK(sums["vehicles"] == vehicles);
    CHECK(sums["granted_fen"] == granted);
    seen += orders + vehicles;
  }
  CHECK(seen > 500);
}

}  // namespace projections

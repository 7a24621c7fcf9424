#include "tests/support/scenario.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "tests/support/tests_dir.h"

namespace test {
namespace {

namespace json = boost::json;

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path);
  REQUIRE(file.good());
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

std::vector<std::filesystem::path> scenarios() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(::test::in_tests("scenarios"))) {
    if (entry.path().extension() == ".jsonl") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

namespace {

// The keys that tell an object of the model from the others.
std::vector<std::string> identity(const std::string& model, const json::object& expected) {
  if (model == "targets") return {"dealer", "year"};
  if (model == "rebates") return {"dealer", "month"};
  if (model == "obligations" && expected.contains("due")) return {"obligation", "subject", "due"};
  if (model == "obligations") return {"obligation", "subject"};
  const std::map<std::string, std::string> first_key = {
      {"entitlements", "line"}, {"clawbacks", "line"}, {"balances", "dealer"},
      {"filings", "filing"},    {"bills", "bill"},     {"demos", "vin"}};
  return {first_key.at(model)};
}

bool same_identity(const std::vector<std::string>& keys, const json::object& printed,
                   const json::object& expected) {
  return std::all_of(keys.begin(), keys.end(), [&](const std::string& key) {
    return printed.contains(key) && printed.at(key) == expected.at(key);
  });
}

void check_object(const json::object& printed, const json::object& expected) {
  CAPTURE(json::serialize(printed));
  for (const auto& [key, value] : expected) {
    CAPTURE(std::string(key), json::serialize(value));
    if (key == "absent") {
      for (const auto& gone : value.as_array()) CHECK_FALSE(printed.contains(gone.as_string()));
    } else {
      REQUIRE(printed.contains(key));
      CHECK(printed.at(key) == value);
    }
  }
}

void check_model(const std::string& model, const std::vector<std::string>& lines,
                 const json::array& expected) {
  std::vector<json::object> printed;
  printed.reserve(lines.size());
  for (const auto& line : lines) printed.push_back(json::parse(line).as_object());
  for (const auto& value : expected) {
    const auto& object = value.as_object();
    CAPTURE(model, json::serialize(object));
    const auto keys = identity(model, object);
    const auto found = std::find_if(
        printed.begin(), printed.end(),
        [&](const json::object& candidate) { return same_identity(keys, candidate, object); });
    REQUIRE(found != printed.end());
    check_object(*found, object);
  }
}

}  // namespace

std::vector<std::string> read_lines(const std::filesystem::path& path) {
  std::vector<std::string> result;
  std::istringstream lines(read_file(path));
  for (std::string line; std::getline(lines, line);) result.push_back(line);
  return result;
}

void check_expectation(const std::filesystem::path& scenario, const PrintedModels& printed) {
  auto path = scenario;
  const auto expected = json::parse(read_file(path.replace_extension("expect.json")));
  for (const auto& [key, value] : expected.as_object()) {
    const std::string model = key;
    if (!value.is_array()) continue;
    const auto& lines = printed.at(model);
    check_model(model, lines, value.as_array());
    if (expected.as_object().contains(model + "_only")) {
      CHECK(lines.size() == value.as_array().size());
    }
  }
}

}  // namespace test

#include "projections/policy/pack.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

namespace projections::policy {
namespace {

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string policy_file(const std::string& name) {
  return read_file(TESTS_DIR "/../policies/" + name);
}

Pack parsed(const std::string& text) {
  auto pack = parse_pack(text);
  if (!pack) FAIL(pack.error().message);
  return *std::move(pack);
}

TEST_CASE("the packs we ship are read in full") {
  const auto nev = parsed(policy_file("nev-fleet-2017.toml"));
  CHECK(nev.policy == "nev-fleet-2017");
  CHECK(nev.fleet()->standard.tiers.size() == 3);
  const auto jlr = parsed(policy_file("jlr-fleet.toml"));
  CHECK(jlr.brand == "jlr");
  const auto commercial = parsed(policy_file("commercial-2018.toml"));
  CHECK(commercial.commercial()->bill.endorsed.long_bp == 200);
}

}  // namespace
}  // namespace projections::policy

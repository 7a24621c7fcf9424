// docs/POLICY.md must keep up with the packs.
#include <catch2/catch.hpp>
#include <string>

#include "projections/policy/document.h"
#include "projections/policy/pack.h"
#include "tests/projections/policy/packs.h"
#include "tests/support/tests_dir.h"

namespace projections::policy {
namespace {

// Calls `use` with the path of every key under `table`; tiers are described as one key.
template <class Use>
void each_path(const Table& table, const std::string& prefix, const Use& use) {
  for (const auto& [key, value] : table) {
    const auto path = prefix + key;
    const auto* inner = std::get_if<Table>(&value.content);
    if (inner == nullptr || path == "clauses")
      use(path);
    else
      each_path(*inner, path + ".", use);
  }
}

TEST_CASE("docs/POLICY.md describes every key of the packs") {
  const auto page = test::read_file(::test::in_tests("../docs/POLICY.md"));
  const auto* const policy =
      GENERATE("nev-fleet-2017", "jlr-fleet", "faw-toyota-fleet", "commercial-2018");
  const auto document = parse_document(test::shipped(policy));
  REQUIRE(document);
  each_path(std::get<Table>(document->content), "", [&](const std::string& path) {
    CAPTURE(policy, path);
    CHECK(page.find("`" + path + "`") != std::string::npos);
  });
}

TEST_CASE("docs/POLICY.md names every clause that the packs word") {
  const auto page = test::read_file(::test::in_tests("../docs/POLICY.md"));
  const auto* const policy =
      GENERATE("nev-fleet-2017", "jlr-fleet", "faw-toyota-fleet", "commercial-2018");
  const auto pack = parse_pack(test::shipped(policy));
  REQUIRE(pack);
  for (const auto& [clause, wording] : pack->clauses) {
    CAPTURE(policy, clause);
    CHECK(page.find(clause) != std::string::npos);
  }
}

}  // namespace
}  // namespace projections::policy

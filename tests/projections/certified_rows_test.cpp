// Rows kept beside a certificate: they tell where a later result differs, or nothing.
#include "projections/certified_rows.h"

#include <catch2/catch.hpp>

#include "ledger/proof/hash.h"

namespace projections {
namespace {

CertifiedRows sample() {
  CertifiedRows rows;
  rows.add(ReadModel::entitlements, R"({"line":"O1/standard"})");
  rows.add(ReadModel::entitlements, R"({"line":"O2/standard"})");
  rows.add(ReadModel::bills, R"({"bill":"B1"})");
  return rows;
}

ledger::Hash digest_of(const std::string& text) {
  return ledger::proof::sha256(ledger::bytes_of(text.substr(text.find("\n\n") + 2)));
}

TEST_CASE("rows that were kept are read again only as they were certified") {
  const auto text = sample().text();
  CHECK(text ==
        "tally-certified-rows/v1\nentitlements 2\nclawbacks 0\nbalances 0\nfilings 0\ntargets 0\n"
        "obligations 0\nbills 1\nrebates 0\ndemos 0\n\n{\"line\":\"O1/standard\"}\n"
        "{\"line\":\"O2/standard\"}\n{\"bill\":\"B1\"}\n");
  const auto digest = digest_of(text);
  const auto read = CertifiedRows::parse(text, digest);
  REQUIRE(read);
  CHECK(read->text() == text);
  CHECK_FALSE(CertifiedRows::parse(text, ledger::Hash{}));
  for (std::size_t size = 0; size < text.size(); ++size) {
    CAPTURE(size);
    CHECK_FALSE(CertifiedRows::parse(text.substr(0, size), digest));
  }
  for (std::size_t at = 0; at < text.size(); ++at) {
    auto changed = text;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    const auto altered = CertifiedRows::parse(changed, digest);
    CAPTURE(changed);
    // A count moved from one model to another would lie about models, never about rows.
    CHECK_FALSE(altered);
  }
}

TEST_CASE("the first difference is named by model and line") {
  const auto before = sample();
  CHECK_FALSE(first_difference(before, sample()));
  auto longer = sample();
  longer.add(ReadModel::entitlements, R"({"line":"O3/standard"})");
  const auto added = first_difference(before, longer);
  REQUIRE(added);
  CHECK(added->model == ReadModel::entitlements);
  CHECK(added->line == 3);
  CHECK(added->certified.empty());
  CHECK(added->found == R"({"line":"O3/standard"})");
  const auto gone = first_difference(longer, before);
  REQUIRE(gone);
  CHECK(gone->found.empty());
  CertifiedRows other;
  other.add(ReadModel::entitlements, R"({"line":"O1/standard"})");
  other.add(ReadModel::entitlements, R"({"line":"O2/standard"})");
  other.add(ReadModel::bills, R"({"bill":"B2"})");
  const auto changed = first_difference(before, other);
  REQUIRE(changed);
  CHECK(changed->model == ReadModel::bills);
  CHECK(changed->line == 1);
  CHECK(changed->certified == R"({"bill":"B1"})");
  CHECK(changed->found == R"({"bill":"B2"})");
}

}  // namespace
}  // namespace projections

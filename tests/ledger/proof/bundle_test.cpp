#include "ledger/proof/bundle.h"

#include <catch2/catch.hpp>
#include <string>

using namespace ledger;
using namespace ledger::proof;

namespace {

std::vector<std::byte> bundle_of(const std::vector<std::string>& entries) {
  std::vector<std::byte> bundle;
  for (const auto& entry : entries) append_to_bundle(bytes_of(entry), bundle);
  return bundle;
}

}  // namespace

TEST_CASE("a bundle is each entry after its length") {
  const auto bundle = bundle_of({"ab", "", "c"});
  CHECK(text_of(bundle) == std::string_view("\0\2ab\0\0\0\1c", 9));
  const auto entries = parse_bundle(bundle, 3);
  REQUIRE(entries);
  CHECK(text_of((*entries)[0]) == "ab");
  CHECK((*entries)[1].empty());
  CHECK(text_of((*entries)[2]) == "c");
}

TEST_CASE("the longest entry fits, and its length reads back") {
  const std::string longest(entry_bytes_max, 'x');
  const auto bundle = bundle_of({longest, "y"});
  const auto entries = parse_bundle(bundle, 2);
  REQUIRE(entries);
  CHECK(text_of((*entries)[0]) == longest);
}

TEST_CASE("a bundle of another width, cut or continued, is none") {
  const auto bundle = bundle_of({"ab", "", "c"});
  CHECK_FALSE(parse_bundle(bundle, 2));
  CHECK_FALSE(parse_bundle(bundle, 4));
  for (std::size_t i = 0; i < bundle.size(); ++i) {
    CAPTURE(i);
    CHECK_FALSE(parse_bundle(Bytes(bundle).first(i), 3));
  }
  auto longer = bundle;
  longer.push_back(std::byte{0});
  CHECK_FALSE(parse_bundle(longer, 3));
  CHECK(parse_bundle({}, 0));
  CHECK_FALSE(parse_bundle({}, 1));
}

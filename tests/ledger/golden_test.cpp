// The stored form must never change: schemas/golden/v1 holds, for each event type, a
// line and the bytes that it was stored as by the first version.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "ledger/catalogue.h"
#include "tests/ledger/outside_form.h"
#include "tests/ledger/sample_line.h"
#include "tests/support/tests_dir.h"

namespace ledger::test {
namespace {

std::filesystem::path golden(const EventRule& rule, const char* extension) {
  auto path = std::filesystem::path(::test::in_tests("../schemas/golden/v1")) / rule.name;
  return path += extension;
}

std::string contents(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// 2017-03-03T00:00:00.000000001Z and the entry before in its stream.
void stamp_golden(std::span<std::byte> entry) {
  stamp(entry, 1'488'499'200'000'000'001, 41);
}

TEST_CASE("every type is still stored as the first version stored it") {
  for (const auto& rule : catalogue().events()) {
    CAPTURE(rule.name);
    auto encoded = encode(contents(golden(rule, ".json")));
    if (encoded.refusal) FAIL(encoded.refusal->field << ": " << encoded.refusal->got.en);
    stamp_golden(encoded.entry->bytes());
    CHECK(text_of(encoded.entry->bytes()) == contents(golden(rule, ".bin")));
  }
}

TEST_CASE("what the first version stored is still read as it was meant") {
  for (const auto& rule : catalogue().events()) {
    CAPTURE(rule.name);
    auto line = contents(golden(rule, ".json"));
    const auto stored = contents(golden(rule, ".bin"));
    OwnedEntry entry(bytes_of(stored));
    const auto decoded = entry.decode(42);
    REQUIRE(decoded);
    line.erase(line.rfind('}'));
    CHECK(exported(*decoded) ==
          line + R"(,"ledgerindex":42,"appendedtime":"2017-03-03T00:00:00.000000001Z"})");
  }
}

// Every prefix and every flipped bit is either refused or safe to read and print.
TEST_CASE("damaged entries are refused or read without harm") {
  std::size_t refused = 0;
  std::size_t read = 0;
  const auto try_decode = [&](std::string_view bytes) {
    OwnedEntry entry(bytes_of(bytes));
    const auto decoded = entry.decode();
    ++(decoded ? read : refused);
    if (decoded) CHECK_FALSE(exported(*decoded).empty());
    if (!decoded) CHECK(decoded.error().code == ErrorCode::corrupt);
  };
  for (const auto& rule : catalogue().events()) {
    CAPTURE(rule.name);
    const auto stored = contents(golden(rule, ".bin"));
    for (std::size_t size = 0; size < stored.size(); size += 3) {
      try_decode(std::string_view(stored).substr(0, size));
    }
    auto flipped = stored;
    for (std::size_t bit = 0; bit < stored.size() * 8; bit += 5) {
      auto& byte = flipped[bit / 8];
      byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1U << (bit % 8)));
      try_decode(flipped);
      byte = stored[bit / 8];
    }
  }
  CHECK(refused > 1'000);
  CHECK(read > 1'000);  // a flip inside a text is no damage that the form can show
}

// For a new type: codec_tests "[write]". Files that exist stay as they are.
TEST_CASE("write the golden files that are missing", "[.write]") {
  for (const auto& rule : catalogue().events()) {
    if (std::filesystem::exists(golden(rule, ".bin"))) continue;
    Shape shape;
    shape.value = 1;  // no value that is left out because it is the default
    shape.optional_attributes = static_cast<int>(rule.type) % 2 == 0;
    const auto line = sample_line(rule, shape);
    CAPTURE(line);
    auto encoded = encode(line);
    if (encoded.refusal) FAIL(encoded.refusal->field << ": " << encoded.refusal->got.en);
    stamp_golden(encoded.entry->bytes());
    std::ofstream(golden(rule, ".json"), std::ios::binary) << line << '\n';
    std::ofstream(golden(rule, ".bin"), std::ios::binary) << text_of(encoded.entry->bytes());
  }
}

}  // namespace
}  // namespace ledger::test

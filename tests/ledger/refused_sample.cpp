#include "tests/ledger/refused_sample.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <regex>
#include <sstream>

#include "ledger/codec.h"
#include "tests/support/tests_dir.h"

namespace ledger::test {

std::string golden_line(const std::string& type) {
  std::ifstream in(::test::in_tests("../schemas/golden/v1/") + type + ".json");
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

namespace {

// Words, and not a quotation or a number.
bool is_left_in_english(const Message& message) {
  static const std::regex words("^[^\"]*[a-z]+ [a-z]+");
  return message.en == message.zh && std::regex_search(message.en, words);
}

}  // namespace

void check_refused(std::string_view line, const Refused& expected) {
  Encoder encoder;
  Batch batch;
  const auto refusal = encoder.add(line, batch);
  CHECK(batch.empty());
  REQUIRE(refusal);
  CHECK_FALSE(is_left_in_english(refusal->got));
  CHECK_FALSE(is_left_in_english(refusal->wanted));
  CHECK(refusal->field == expected.field);
  CHECK(refusal->got.en == expected.got);
  CHECK(refusal->wanted.en == expected.wanted);
}

void check_all_refused(const std::vector<Sample>& samples) {
  for (const auto& [type, from, to, field, got, wanted] : samples) {
    auto line = golden_line(type);
    CAPTURE(type, from, to.substr(0, 100));
    const auto at = line.find(from);
    REQUIRE(at != std::string::npos);
    check_refused(line.replace(at, from.size(), to), {field, got, wanted});
  }
}

std::string repeated(std::size_t count, std::string_view what) {
  std::string text;
  while (count-- > 0) text += what;
  return text;
}

std::string cut(std::size_t bytes, std::string_view character) {
  return fmt::format("\"{}…\" ({} bytes)", repeated(60, character), bytes);
}

}  // namespace ledger::test

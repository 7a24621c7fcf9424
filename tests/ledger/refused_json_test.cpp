// Lines that are no JSON, or too much of it, are refused with exactly these words.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <string>

#include "tests/ledger/outside_form.h"
#include "tests/ledger/refused_sample.h"

namespace ledger::test {
namespace {

constexpr const char* line_wanted = "one JSON object a line";

TEST_CASE("what is no JSON is refused") {
  const std::string type = "order.spec_approved";
  check_all_refused({
      {type, R"("order":"O-0001")", R"("order":"O-0001","order":"O-0001")", "data.order",
       "the field twice", "each field once"},
      {type, R"("order":"O-0001")", R"("order":"O-0001","\u006frder":"O-2")", "data.order",
       "the field twice", "each field once"},
      {type, R"("id":"e-29")", R"("id":"e-29","id":"e-30")", "id", "the field twice",
       "each field once"},
      {type, "O-0001\"}", R"(\ud83d"})", "data.order", "half of a surrogate pair at byte 165",
       line_wanted},
      {type, "O-0001\"}", R"(\udE97"})", "data.order", "half of a surrogate pair at byte 165",
       line_wanted},
      {type, "O-0001\"}", "\xC0\xAF\"}", "data.order", "the byte 0xc0 at byte 159", "UTF-8"},
      {type, "O-0001\"}", "\xED\xA0\x80\"}", "data.order", "the byte 0xed at byte 159", "UTF-8"},
      {type, "O-0001\"}", "\xF4\x90\x80\x80\"}", "data.order", "the byte 0xf4 at byte 159",
       "UTF-8"},
      {type, "O-0001\"}", "\xE8\xBD\"}", "data.order", "the byte 0xe8 at byte 159", "UTF-8"},
      {type, "O-0001\"}", "O\t\"}", "data.order",
       R"("\u0009\"}}\u000a" at byte 160, which is no JSON)", line_wanted},
      {type, "}}", "}} {}", "", R"(more at byte 169: "{}\u000a")", line_wanted},
      {type, "}}", "},}", "", R"("}\u000a" at byte 168, which is no JSON)", line_wanted},
      {type, "}}", "}", "", "the end of the line, too early", line_wanted},
      {type, "{\"spec", "\xEF\xBB\xBF{\"spec", "",
       R"("\ufeff{\"specversion\":\"1.0\",\"id\":\"e-29\",\"source\":\"dms/D001\",\"type\"…" (172 bytes) at byte 0, which is no JSON)",
       line_wanted},
  });
  check_refused("", {"", "the end of the line, too early", line_wanted});
  check_refused("  ", {"", "the end of the line, too early", line_wanted});
  check_refused("[]", {"", "an array", line_wanted});
  check_refused("17", {"", "17", line_wanted});
  check_refused("// no", {"", R"("// no" at byte 0, which is no JSON)", line_wanted});
  check_refused(R"({"id":NaN})", {"id", R"("NaN}" at byte 6, which is no JSON)", line_wanted});
}

TEST_CASE("nothing is too deep, too wide or too long to be refused") {
  check_refused(repeated(100'000, "["),
                {repeated(32, "[0]"), "one level more", "at most 32 levels"});
  check_refused(repeated(100'000, R"({"a":)"),
                {"a" + repeated(31, ".a"), "one level more", "at most 32 levels"});
  std::string wide = "{";
  for (int key = 0; key < 65; ++key) wide += fmt::format("\"k{}\":0,", key);
  check_refused(wide, {"k64", "one field more", "at most 64 fields in an object"});
  check_refused(repeated((1U << 20U) + 1, " "),
                {"", "a line of 1048577 bytes", "at most 1048576 bytes"});
}

// Of a policy.published with a document of so many bytes.
std::string published(std::size_t document_bytes, std::string_view character = "x") {
  return fmt::format(R"({{"specversion":"1.0","id":"1","source":"s","type":"policy.published",)"
                     R"("subject":"policy/P","time":"2017-03-01T09:00:00+08:00",)"
                     R"("data":{{"policy":"P","version":1,"document":"{}"}}}})",
                     repeated(document_bytes / character.size(), character));
}

TEST_CASE("an entry is at most 65,535 bytes") {
  CHECK_FALSE(encode(published(60'000)).refusal);
  CHECK_FALSE(encode(published(60'000, "车")).refusal);
  check_refused(published(60'001),
                {"data.document", cut(60'001), "a string of at most 60000 bytes"});

  // 15 texts of 4,096 bytes fit, 16 do not; the last one is cut to the limit.
  const auto bank_list = [](std::size_t last_bytes) {
    return fmt::format(
        R"({{"specversion":"1.0","id":"1","source":"s","type":"bank_list.published",)"
        R"("subject":"bank_list/refused","time":"2017-03-01T09:00:00+08:00",)"
        R"("data":{{"refused_banks":[{}"{}"]}}}})",
        repeated(15, fmt::format("\"{}\",", repeated(4'096))), repeated(last_bytes));
  };
  std::size_t fits = 0;
  for (std::size_t bytes = 3'000; bytes < 4'096; bytes += 8) {
    auto encoded = encode(bank_list(bytes));
    if (encoded.refusal) {
      CHECK(encoded.refusal->got.en == "an event that takes 65536 bytes stored");
      CHECK(encoded.refusal->wanted.en == "at most 65535 bytes");
      break;
    }
    REQUIRE(encoded.entry->decode());
    fits = encoded.entry->bytes().size();
  }
  CHECK(fits == 65'528);
}

TEST_CASE("a refused line leaves the batch and the encoder as they were") {
  Encoder encoder;
  Batch batch;
  const auto good = golden_line("order.created");
  REQUIRE_FALSE(encoder.add(good, batch));
  for (const char* bad : {"{", R"({"id":1})", "[[[", R"({"specversion":"1.0","id":"1)"}) {
    REQUIRE(encoder.add(bad, batch));
  }
  auto late = good;
  REQUIRE(encoder.add(late.replace(late.rfind("P-0001"), 6, ""), batch));
  CHECK(batch.count() == 1);
  REQUIRE_FALSE(encoder.add(good, batch));
  REQUIRE(batch.count() == 2);
  CHECK(text_of(batch.entry(0)) == text_of(batch.entry(1)));
}

}  // namespace
}  // namespace ledger::test

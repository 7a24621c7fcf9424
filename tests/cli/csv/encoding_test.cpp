#include "cli/csv/encoding.h"

#include <catch2/catch.hpp>

using cli::csv::decode_line;
using cli::csv::Encoding;

namespace {

// The text, or the column and bytes at fault.
std::string decoded(std::string_view line, Encoding encoding) {
  std::string text;
  const auto broken = decode_line(line, encoding, text);
  return broken ? std::to_string(broken->column) + ": " + broken->bytes : text;
}

}  // namespace

TEST_CASE("GB18030 reads characters of one, two and four bytes") {
  CHECK(decoded("VIN", Encoding::gb18030) == "VIN");
  CHECK(decoded("\xB3\xB5\xBC\xDC\xBA\xC5", Encoding::gb18030) == "车架号");
  CHECK(decoded("\x90\x30\x81\x30", Encoding::gb18030) == "\U00010000");
  CHECK(decoded("\x82\x35\x87\x38", Encoding::gb18030) == "䶵");
  CHECK(decoded("A\xA3\xA4"
                "1",
                Encoding::gb18030) == "A￥1");
}

TEST_CASE("bytes that are no GB18030 are named with the character they stand at") {
  CHECK(decoded("\xB3\xB5\x80,1", Encoding::gb18030) == "2: 80");
  CHECK(decoded("\xB3\xB5\xBC", Encoding::gb18030) == "2: BC");
  CHECK(decoded("A\xFF", Encoding::gb18030) == "2: FF");
  CHECK(decoded("\xB3 \xB5", Encoding::gb18030) == "1: B3");
  CHECK(decoded("\x81\x30", Encoding::gb18030) == "1: 81 30");
  CHECK(decoded("\xFE\x39\xFE\x39", Encoding::gb18030) == "1: FE 39 FE 39");
}

TEST_CASE("bytes that are no UTF-8 are named with the character they stand at") {
  CHECK(decoded("车架号", Encoding::utf8) == "车架号");
  CHECK(decoded("车\xBC", Encoding::utf8) == "2: BC");
  CHECK(decoded("\xB3\xB5\xBC\xDC\xBA\xC5", Encoding::utf8) == "1: B3");
  CHECK(decoded("ab\xED\xA0\x80", Encoding::utf8) == "3: ED");  // a surrogate
  CHECK(decoded("\xC0\x80", Encoding::utf8) == "1: C0");        // an overlong form
}

TEST_CASE("what is no character hides no comma and no quote") {
  std::string text;
  CHECK(decode_line("a\xB3,\"b\"", Encoding::gb18030, text));
  CHECK(text == "a?,\"b\"");
  CHECK(decode_line("a\xB3,\"b\"", Encoding::utf8, text));
  CHECK(text == "a?,\"b\"");
}

TEST_CASE("encodings have the names of the command line") {
  CHECK(cli::csv::encoding_named("utf-8") == Encoding::utf8);
  CHECK(cli::csv::encoding_named("gb18030") == Encoding::gb18030);
  CHECK_FALSE(cli::csv::encoding_named("gbk"));
}

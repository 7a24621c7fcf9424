#include "cli/json_line.h"

#include <catch2/catch.hpp>

TEST_CASE("a JSON line keeps the order of its keys and escapes only what it must") {
  CHECK(cli::JsonLine()
            .text("b", "a\"\\/\n\x01é中")
            .number("a", std::int64_t{-7})
            .truth("t", true)
            .raw("data", "{}")
            .line() == "{\"b\":\"a\\\"\\\\/\\n\\u0001é中\",\"a\":-7,\"t\":true,\"data\":{}}\n");
  CHECK(cli::JsonLine().line() == "{}\n");
}

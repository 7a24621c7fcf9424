#include "cli/line_reader.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace {

struct ReadLine {
  std::string text;
  std::uint64_t byte_count;
};

// What the reader makes of a file with these bytes.
std::vector<ReadLine> lines_of(std::string_view bytes) {
  auto path = (std::filesystem::temp_directory_path() / "line_reader_XXXXXX").string();
  const int descriptor = ::mkstemp(path.data());
  REQUIRE(descriptor >= 0);
  ::close(descriptor);
  std::ofstream(path, std::ios::binary)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  auto reader = cli::LineReader::open(path);
  ::unlink(path.c_str());
  REQUIRE(reader);
  std::vector<ReadLine> lines;
  while (true) {
    const auto line = reader->next();
    REQUIRE(line);
    if (!*line) return lines;
    CHECK((*line)->number == lines.size() + 1);
    CHECK((*line)->too_long() == ((*line)->byte_count > cli::LineReader::line_bytes_max));
    lines.push_back({std::string((*line)->text), (*line)->byte_count});
  }
}

std::string repeated(std::size_t count) {
  std::string text;
  text.resize(count, 'x');
  return text;
}

}  // namespace

TEST_CASE("lines end with a line feed, and the last may lack it") {
  CHECK(lines_of("").empty());
  CHECK(lines_of("\n").size() == 1);
  const auto lines = lines_of("a\n\nb");
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].text == "a");
  CHECK(lines[1].text.empty());
  CHECK(lines[2].text == "b");
}

TEST_CASE("a byte order mark and carriage returns are no part of a line") {
  const auto lines = lines_of(
      "\xEF\xBB\xBF"
      "a\r\nb\rc\r\n\xEF\xBB\xBF"
      "d");
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].text == "a");
  CHECK(lines[1].text == "b\rc");
  CHECK(lines[2].text ==
        "\xEF\xBB\xBF"
        "d");
}

TEST_CASE("a line is whole up to the greatest length, wherever the reads fall") {
  constexpr auto max = cli::LineReader::line_bytes_max;
  const auto longest = GENERATE_COPY(values<std::size_t>({1, 4095, max - 1, max}));
  CAPTURE(longest);
  const auto lines = lines_of(repeated(max / 2) + "\n" + repeated(longest) + "\ny\n");
  REQUIRE(lines.size() == 3);
  CHECK(lines[1].text.size() == longest);
  CHECK(lines[2].text == "y");
}

TEST_CASE("a longer line is told by its length, and the lines after it are read") {
  constexpr auto max = cli::LineReader::line_bytes_max;
  const auto length =
      GENERATE_COPY(values<std::size_t>({max + 1, max + 2, 2 * max, 2 * max + 1, 9 * max}));
  CAPTURE(length);
  const auto lines = lines_of("a\n" + repeated(length) + "\nb");
  REQUIRE(lines.size() == 3);
  CHECK(lines[1].byte_count == length);
  CHECK(lines[2].text == "b");
  CHECK(lines_of(repeated(length)).at(0).byte_count == length);
}

TEST_CASE("a file that is not there is named") {
  const auto reader = cli::LineReader::open("no/such/file.jsonl");
  REQUIRE_FALSE(reader);
  CHECK(reader.error().code == ledger::ErrorCode::not_found);
  CHECK(reader.error().message.en.find("no/such/file.jsonl") != std::string::npos);
}

// A file of the cache hands out what was written, or says that it cannot.
#include "projections/checked_file.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <mutex>

#include "ledger/base/bytes.h"
#include "tests/projections/kept_file.h"
#include "tests/support/scratch.h"

namespace projections {

TEST_CASE("all of a file is handed out once, on any number of threads", "[threads]") {
  const test::Scratch folder;
  const auto path = folder.path() / "file";
  // More than one thread takes at once, and a last block of its own length.
  std::string data((std::size_t{9} << 20) + 12'345, '\0');
  for (std::size_t at = 0; at < data.size(); ++at) data[at] = static_cast<char>(at * at >> 7);
  const std::vector<ledger::Bytes> parts{std::as_bytes(std::span(data))};
  CheckedFile::write(path, "testfile", "head", parts);

  for (const unsigned threads : {1U, 2U, 5U}) {
    CAPTURE(threads);
    const auto file = CheckedFile::open(path, "testfile");
    REQUIRE(file);
    std::mutex mutex;
    std::map<std::size_t, std::string> blocks;
    std::vector<std::size_t> order;
    CHECK(file->hand_out(threads, [&](std::size_t at, ledger::Bytes block) {
      const std::lock_guard lock(mutex);
      CHECK(blocks.emplace(at, ledger::text_of(block)).second);
      order.push_back(at);
    }));
    std::string handed_out;
    for (const auto& [at, block] : blocks) {
      REQUIRE(at == handed_out.size());
      handed_out += block;
    }
    CHECK(handed_out == data);
    if (threads == 1) CHECK(std::is_sorted(order.begin(), order.end()));
    CHECK_FALSE(file->damaged());
  }

  SECTION("a block that is not sound is not handed out") {
    auto bytes = test::bytes_of_file(path);
    bytes[bytes.size() - 5'000'000] ^= 4;
    test::put(path, bytes);
    for (const unsigned threads : {1U, 2U}) {
      const auto file = CheckedFile::open(path, "testfile");
      REQUIRE(file);
      std::mutex mutex;
      bool same = true;
      CHECK_FALSE(file->hand_out(threads, [&](std::size_t at, ledger::Bytes block) {
        const std::lock_guard lock(mutex);
        same = same && ledger::text_of(block) == std::string_view(data).substr(at, block.size());
      }));
      CHECK(same);
      CHECK(file->damaged());
    }
  }
}

}  // namespace projections

#include "ledger/store.h"

#include <array>
#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <vector>

#include "ledger/byte_order.h"
#include "ledger/prefetch.h"
#include "tests/support/scratch.h"

namespace ledger {
namespace {

std::unique_ptr<Store> opened(const std::filesystem::path& path, Store::Mode mode) {
  auto store = Store::open(path, mode);
  if (!store) FAIL(store.error().message.en);
  return *std::move(store);
}

}  // namespace

TEST_CASE("a group is found again by get, by several at once and in order, also reopened") {
  const test::Scratch scratch;
  {
    const auto store = opened(scratch.path(), Store::Mode::create);
    WriteGroup group(*store);
    for (const std::uint64_t number : {3U, 1U, 700U}) {
      group.put(Table::frames, big_endian(number), bytes_of("frame "),
                bytes_of(std::to_string(number)));
    }
    group.put(Table::streams, bytes_of("order/O1"), bytes_of("x"));
    const auto group_written = store->write(std::move(group));
    REQUIRE(group_written);
  }
  const auto mode = GENERATE(Store::Mode::write, Store::Mode::read);
  const auto store = opened(scratch.path(), mode);
  CHECK(*store->get(Table::streams, bytes_of("order/O1")) == "x");
  CHECK(*store->get(Table::streams, bytes_of("order/O2")) == std::nullopt);
  CHECK(*store->get(Table::idempotency, bytes_of("order/O1")) == std::nullopt);

  // Few keys are looked up one by one, more of them together.
  const std::uint64_t count = GENERATE(2U, 9U);
  std::vector<std::array<std::byte, 8>> numbers;
  for (std::uint64_t number = 1; number <= count; ++number) numbers.push_back(big_endian(number));
  const std::vector<Bytes> keys(numbers.begin(), numbers.end());
  std::map<std::size_t, std::string> found;
  const auto asked =
      store->get_each(Table::frames, keys, [&found](std::size_t position, Bytes value) -> Status {
        found[position] = text_of(value);
        return Ok{};
      });
  REQUIRE(asked);
  std::map<std::size_t, std::string> wanted{{0, "frame 1"}};
  if (count > 2) wanted[2] = "frame 3";
  CHECK(found == wanted);
  const auto stopped = store->get_each(Table::frames, keys, [](std::size_t, Bytes) -> Status {
    return Error{ErrorCode::corrupt, std::string("no more")};
  });
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().message.en == "no more");

  auto cursor = store->cursor(Table::frames, Store::Pattern::scan);
  cursor.seek_back(big_endian(699));
  REQUIRE(cursor.valid());
  CHECK(text_of(cursor.value()) == "frame 3");
  cursor.next();
  REQUIRE(cursor.valid());
  CHECK(load_big(cursor.key()) == 700);
  cursor.next();
  CHECK_FALSE(cursor.valid());
  CHECK(cursor.status());
}

TEST_CASE("files of a table are named with what they hold, and fetched ahead where they can be") {
  const test::Scratch scratch;
  {
    const auto store = opened(scratch.path(), Store::Mode::create);
    WriteGroup group(*store);
    for (const std::uint64_t number : {3U, 700U}) {
      group.put(Table::frames, big_endian(number), bytes_of("frame"));
    }
    const auto group_written = store->write(std::move(group));
    REQUIRE(group_written);
    CHECK(store->files(Table::frames).empty());
    const auto flushed = store->flush();
    REQUIRE(flushed);
  }
  const auto store = opened(scratch.path(), Store::Mode::read);
  const auto files = store->files(Table::frames);
  REQUIRE(files.size() == 1);
  CHECK(load_big(bytes_of(files[0].first)) == 3);
  CHECK(load_big(bytes_of(files[0].last)) == 700);
  CHECK(files[0].bytes == std::filesystem::file_size(files[0].path));
  CHECK(store->files(Table::streams).empty());

  Prefetch frames(*store, Table::frames);
  std::filesystem::remove(files[0].path);
  frames.announce(big_endian(0), big_endian(2));  // nothing lies there
  frames.announce(big_endian(700), big_endian(900));
  frames.announce_all();
}

TEST_CASE("a second writer, a missing database and a second creation are refused") {
  const test::Scratch scratch;
  const auto missing = Store::open(scratch.path() / "nowhere", Store::Mode::read);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == ErrorCode::not_found);

  const auto store = opened(scratch.path(), Store::Mode::create);
  const auto second = Store::open(scratch.path(), Store::Mode::write);
  REQUIRE_FALSE(second);
  CHECK(second.error().code == ErrorCode::unavailable);
  CHECK_THAT(second.error().message.en, Catch::Contains("another process writes"));
}

TEST_CASE("a reader opens beside a writer and sees what was there") {
  const test::Scratch scratch;
  const auto writer = opened(scratch.path(), Store::Mode::create);
  WriteGroup first(*writer);
  first.put(Table::meta, bytes_of("head"), bytes_of("1"));
  const auto first_written = writer->write(std::move(first));
  REQUIRE(first_written);
  const auto reader = opened(scratch.path(), Store::Mode::read);
  WriteGroup second(*writer);
  second.put(Table::meta, bytes_of("head"), bytes_of("2"));
  const auto second_written = writer->write(std::move(second));
  REQUIRE(second_written);
  CHECK(*reader->get(Table::meta, bytes_of("head")) == "1");
  CHECK(*writer->get(Table::meta, bytes_of("head")) == "2");
}

}  // namespace ledger

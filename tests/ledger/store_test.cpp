#include "ledger/store.h"

#include <catch2/catch.hpp>

#include "ledger/byte_order.h"
#include "tests/support/scratch.h"

namespace ledger {
namespace {

std::unique_ptr<Store> opened(const std::filesystem::path& path, Store::Mode mode) {
  auto store = Store::open(path, mode);
  if (!store) FAIL(store.error().message);
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

  const auto one = big_endian(1);
  const auto two = big_endian(2);
  const auto found = store->get_each(Table::frames, std::vector<Bytes>{one, two});
  REQUIRE(found);
  CHECK((*found)[0] == "frame 1");
  CHECK((*found)[1] == std::nullopt);

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

TEST_CASE("a second writer, a missing database and a second creation are refused") {
  const test::Scratch scratch;
  const auto missing = Store::open(scratch.path() / "nowhere", Store::Mode::read);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == ErrorCode::not_found);

  const auto store = opened(scratch.path(), Store::Mode::create);
  const auto second = Store::open(scratch.path(), Store::Mode::write);
  REQUIRE_FALSE(second);
  CHECK(second.error().code == ErrorCode::unavailable);
  CHECK_THAT(second.error().message, Catch::Contains("another process writes"));
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

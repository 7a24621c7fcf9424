#include "ledger/index_tables.h"

#include <catch2/catch.hpp>
#include <string>

#include "ledger/idempotency_key.h"
#include "ledger/log.h"
#include "tests/ledger/sample.h"

namespace ledger {
namespace {

using test::value_of;

constexpr std::uint64_t events = 300;

// Events 0 to 300 and their rows, of five vehicles, are in the database.
class Fixture {
 public:
  Fixture() {
    const auto directory = scratch_.path() / "ledger";
    value_of(test::open_log(directory)->append(test::mileage_batch(0, events, 5)));
    store_ = value_of(Store::open(directory / "db", Store::Mode::read));
  }

  const Store& store() const { return *store_; }

  PendingIndex rows() const {
    return value_of(PendingIndex::read(store(), TreeSize{0}, TreeSize{events}));
  }

 private:
  ::test::Scratch scratch_;
  std::unique_ptr<Store> store_;
};

// Of the events 0 to 400, those whose key is found, each at its index.
std::uint64_t found_in(const IndexTables& tables) {
  std::uint64_t found = 0;
  for (std::uint64_t index = 0; index < events + 100; ++index) {
    const auto key = idempotency_key("dms/D001", "e" + std::to_string(index));
    const auto first = value_of(tables.look_up(Table::idempotency, HashedKey(key)));
    if (!first) continue;
    CHECK(first->value == index);
    ++found;
  }
  return found;
}

// Of so many keys that never came, those that would be looked up, in each of both tables.
std::uint64_t asked_for(const IndexTables& tables, std::uint64_t count) {
  std::uint64_t asked = 0;
  for (std::uint64_t index = 0; index < count; ++index) {
    const auto key = "another#" + std::to_string(index);
    for (const auto table : {Table::idempotency, Table::streams}) {
      if (tables.may_hold(table, HashedKey(key))) ++asked;
    }
  }
  return asked;
}

}  // namespace

TEST_CASE("of tables that were empty, only keys that came since are looked up") {
  const Fixture fixture;
  IndexTables tables(fixture.store(), TreeSize{0});
  CHECK(found_in(tables) == 0);
  CHECK(asked_for(tables, 1'000) == 0);
  tables.add(fixture.rows());
  CHECK(found_in(tables) == events);
  CHECK(asked_for(tables, 1'000) < 20);
  const auto subject = test::vehicle_subject(4);
  CHECK(value_of(tables.look_up(Table::streams, HashedKey(subject))) == Sequence{299});
}

TEST_CASE("of tables that held something, or took in too much, every key is looked up") {
  const Fixture fixture;
  const bool held_something = GENERATE(false, true);
  CAPTURE(held_something);
  IndexTables tables(fixture.store(), TreeSize{held_something ? events : 0}, events - 1);
  if (!held_something) tables.add(fixture.rows());
  CHECK(found_in(tables) == events);
  CHECK(asked_for(tables, 10) == 20);
}

}  // namespace ledger

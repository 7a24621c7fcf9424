#include "ledger/sequencer.h"

#include <catch2/catch.hpp>

#include "ledger/open_ledger.h"
#include "tests/ledger/sample.h"
#include "tests/support/scratch.h"

namespace ledger {
namespace {

using ::test::Scratch;
using test::value_of;

std::vector<Sequence> indexes(std::initializer_list<std::uint64_t> values) {
  std::vector<Sequence> all;
  for (const auto value : values) all.push_back(Sequence{value});
  return all;
}

std::int64_t previous_of(const Group& group, std::uint64_t index) {
  return group.entry(Sequence{index}).event->previous();
}

}  // namespace

TEST_CASE("batches of one group see each other, and one may be passed over") {
  const Scratch scratch;
  test::make_ledger_of_600(scratch.path());
  const auto ledger = value_of(open_ledger(scratch.path(), Store::Mode::write));
  const auto sequencer = value_of(Sequencer::resume(*ledger, {}, nullptr));

  // Entry 599 is the newest of vehicle 4, as 599 % 7 is, and 598 of vehicle 3.
  const auto first = test::batch_of(test::mileage_line("new-1", 4, 1));
  const auto passed = test::mileage_batch(700, 20, 7);
  // Enters a new event of vehicle 3 before the conflict takes it back.
  auto unlike = test::batch_of(test::mileage_line("new-2", 3, 1));
  test::add_line(unlike, test::mileage_line("new-1", 4, 2));
  auto mixed = test::mileage_batch(595, 1, 7);                // in the ledger
  test::add_line(mixed, test::mileage_line("new-1", 4, 1));   // in the group
  test::add_line(mixed, test::mileage_line("new-2", 3, 1));   // new, in an old stream
  test::add_line(mixed, test::mileage_line("new-3", 4, 1));   // new, after one of the group
  test::add_line(mixed, test::mileage_line("new-4", 99, 1));  // the first of its stream
  sequencer->begin_group({&first, &passed, &unlike, &mixed, &mixed});

  CHECK(value_of(sequencer->sequence(first, {})).indexes == indexes({600}));
  const auto refused = sequencer->sequence(unlike, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::conflict);
  const auto appended = value_of(sequencer->sequence(mixed, {}));
  CHECK(appended.indexes == indexes({595, 600, 601, 602, 603}));
  CHECK(appended.added == 3);
  const auto again = value_of(sequencer->sequence(mixed, {}));
  CHECK(again.indexes == appended.indexes);
  CHECK(again.added == 0);

  const auto group = sequencer->seal_group().group;
  REQUIRE(group->end() == TreeSize{604});
  CHECK(previous_of(*group, 600) == 599);
  CHECK(previous_of(*group, 601) == 598);
  CHECK(previous_of(*group, 602) == 600);
  CHECK(previous_of(*group, 603) == -1);
}

TEST_CASE("a damaged row fails the batch that it concerns, and no other of its group") {
  const Scratch scratch;
  test::make_ledger_of_600(scratch.path());
  const auto ledger = value_of(open_ledger(scratch.path(), Store::Mode::write));
  WriteGroup damage(*ledger->store);
  damage.put(Table::idempotency, bytes_of("dms/D001#e300"), bytes_of("x"));
  const auto damaged = ledger->store->write(std::move(damage));
  REQUIRE(damaged);
  const auto sequencer = value_of(Sequencer::resume(*ledger, {}, nullptr));

  const auto before = test::mileage_batch(600, 3, 7);
  const auto concerned = test::mileage_batch(298, 10, 7);
  const auto after = test::mileage_batch(603, 2, 7);
  sequencer->begin_group({&before, &concerned, &after});
  CHECK(value_of(sequencer->sequence(before, {})).indexes == indexes({600, 601, 602}));
  const auto failed = sequencer->sequence(concerned, {});
  REQUIRE_FALSE(failed);
  CHECK(failed.error().code == ErrorCode::corrupt);
  CHECK(value_of(sequencer->sequence(after, {})).indexes == indexes({603, 604}));
  CHECK(sequencer->seal_group().group->end() == TreeSize{605});
}

}  // namespace ledger

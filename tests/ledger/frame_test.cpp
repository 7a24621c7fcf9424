#include "ledger/frame.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "ledger/checksum.h"

namespace ledger {
namespace {

std::string hex(Bytes bytes) {
  std::string out;
  for (const auto byte : bytes) {
    const auto value = std::to_integer<unsigned>(byte);
    out += "0123456789abcdef"[value / 16];
    out += "0123456789abcdef"[value % 16];
  }
  return out;
}

// The whole value, as the log stores it.
std::vector<std::byte> frame_of(Sequence first, const std::vector<FrameEntry>& entries) {
  auto frame = frame_head(first, entries);
  for (const auto& entry : entries) {
    frame.insert(frame.end(), entry.bytes.begin(), entry.bytes.end());
    frame.resize((frame.size() + 7) / 8 * 8);
  }
  return frame;
}

std::vector<FrameEntry> two_entries() {
  return {{bytes_of("filed"), 18, 2'000, 5'000}, {bytes_of("approved"), 200, 1'000, 6'000}};
}

}  // namespace

TEST_CASE("a frame has these bytes, for good") {
  const auto frame = frame_of(Sequence{510}, two_entries());
  // Shown with an explanation of each field in docs/FORMATS.md.
  CHECK(hex(frame) ==
        "559932f98219f136"                  // checksum of the rest of header and table
        "544c594601000200"                  // magic, version, count
        "fe01000000000000"                  // first index
        "e803000000000000d007000000000000"  // lowest and highest time
        "88130000000000007017000000000000"  // first and last appended time
        "0000040000000000000000000000000000000000000000000001000000000000"  // types
        "780000000500000023f52fcc6ae62a99"                                  // row of entry 510
        "8000000008000000d55790bb2429d8fc"                                  // row of entry 511
        "66696c6564000000"                                                  // "filed", padded
        "617070726f766564"                                                  // "approved"
  );
}

TEST_CASE("a frame gives back what went into it") {
  const auto frame = frame_of(Sequence{510}, two_entries());
  const auto view = FrameView::parse(Sequence{510}, frame);
  REQUIRE(view);
  CHECK(view->count() == 2);
  CHECK(view->end() == TreeSize{512});
  CHECK(view->time_lowest() == 1'000);
  CHECK(view->time_highest() == 2'000);
  CHECK(view->appended_first() == 5'000);
  CHECK(view->appended_last() == 6'000);
  CHECK(text_of(view->entry(0)) == "filed");
  CHECK(text_of(view->entry(1)) == "approved");
  CHECK(view->entry_intact(0));
  CHECK(view->entry_intact(1));
  CHECK(view->padding_intact());
  CHECK(view->types() == type_set(std::bitset<256>().set(18).set(200)));
  CHECK(view->holds_any(type_set(std::bitset<256>().set(200))));
  CHECK_FALSE(view->holds_any(type_set(std::bitset<256>().set(19))));
}

TEST_CASE("no flipped bit of a frame goes unnoticed") {
  const auto whole = frame_of(Sequence{510}, two_entries());
  for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
    CAPTURE(bit);
    auto frame = whole;
    frame[bit / 8] ^= std::byte{1} << (bit % 8);
    const auto view = FrameView::parse(Sequence{510}, frame);
    const bool sound =
        view && view->entry_intact(0) && view->entry_intact(1) && view->padding_intact();
    CHECK_FALSE(sound);
  }
}

TEST_CASE("a frame cut short, lengthened or under another key is refused") {
  const auto whole = frame_of(Sequence{510}, two_entries());
  for (std::size_t length = 0; length < whole.size(); ++length) {
    CAPTURE(length);
    CHECK_FALSE(FrameView::parse(Sequence{510}, Bytes(whole).first(length)));
  }
  auto longer = whole;
  longer.resize(whole.size() + 8);
  CHECK_FALSE(FrameView::parse(Sequence{510}, longer));
  const auto moved = FrameView::parse(Sequence{254}, whole);
  REQUIRE_FALSE(moved);
  CHECK(moved.error().code == ErrorCode::corrupt);
}

TEST_CASE("sums of pairs tell sets apart, whatever the order") {
  PairSum forth(7);
  forth.add("a", 1);
  forth.add("b", 2);
  PairSum back(7);
  back.add("b", 2);
  back.add("a", 1);
  CHECK(forth == back);
  back.add("c", 3);
  CHECK_FALSE(forth == back);
  back.subtract("c", 3);
  CHECK(forth == back);

  PairSum exchanged(7);
  exchanged.add("a", 2);
  exchanged.add("b", 1);
  CHECK_FALSE(forth == exchanged);
}

}  // namespace ledger

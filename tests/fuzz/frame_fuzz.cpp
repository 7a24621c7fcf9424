// What the database holds as a frame, a tile or the head is refused, or reads within its bounds
// and in one way only. The first byte chooses which; an odd one makes the checksum right first, as
// a forger would, so that what lies behind it is reached.
#include <algorithm>
#include <vector>

#include "ledger/base/check.h"
#include "ledger/byte_order.h"
#include "ledger/checksum.h"
#include "ledger/frame.h"
#include "ledger/head.h"
#include "ledger/stored_tree.h"
#include "tests/ledger/outside_form.h"

namespace {

using namespace ledger;

constexpr std::size_t header_size = 88, row_size = 16, count_at = 14, first_at = 16;

// The checksum of a header and its table, where there are as many rows as it says.
void seal_frame(std::vector<std::byte>& value) {
  if (value.size() < header_size) return;
  const auto rows = load_little<std::uint16_t>(value, count_at);
  const auto head = std::min(value.size(), header_size + rows * row_size);
  store_little(value, 0, checksum(Bytes(value).first(head).subspan(8)));
}

void read_frame(const std::vector<std::byte>& value) {
  const Sequence first{value.size() < header_size ? 0
                                                  : load_little<std::uint64_t>(value, first_at)};
  const auto frame = FrameView::parse(first, value);
  if (!frame) return;
  check(!FrameView::parse(Sequence{first.value + 1}, value), "a frame has one key");
  check(frame->first() == first && frame->end().value == first.value + frame->count(),
        "a frame is where it says");
  check(frame->holds_any(frame->types()) == (frame->types() != TypeSet{}), "types are a set");

  std::vector<std::byte> entries;
  for (std::uint32_t at = 0; at < frame->count(); ++at) {
    const auto entry = frame->entry(at);
    check(frame->entry_intact(at) == (checksum(entry) == frame->entry_checksum(at)),
          "an entry is intact when its checksum says so");
    entries.insert(entries.end(), entry.begin(), entry.end());
    entries.resize((entries.size() + 7) / 8 * 8);
    (void)ledger::test::OwnedEntry(entry).decode();
  }
  const auto stored = Bytes(value).subspan(header_size + frame->count() * row_size);
  check(std::equal(entries.begin(), entries.end(), stored.begin(), stored.end()) ==
            frame->padding_intact(),
        "entries and zeros are all that a frame holds");
}

void read_tile(const std::vector<std::byte>& value) {
  const auto hashes = parse_tile({0, 0}, value);
  if (hashes) check(tile_value(*hashes) == value, "a tile writes back as it was read");
}

void read_head(const std::vector<std::byte>& value) {
  const auto head = Head::parse(value);
  if (head) check(head->serialise() == value, "a head writes back as it was read");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto bytes = std::as_bytes(std::span(data + 1, size - 1));
  std::vector<std::byte> value(bytes.begin(), bytes.end());
  const bool forged = data[0] % 2 != 0;
  switch (data[0] / 2 % 3) {
    case 0:
      if (forged) seal_frame(value);
      read_frame(value);
      break;
    case 1:
      if (forged && value.size() >= 8) {
        store_little(value, value.size() - 8, checksum(Bytes(value).first(value.size() - 8)));
      }
      read_tile(value);
      break;
    default:
      if (forged && value.size() >= 8) store_little(value, 0, checksum(Bytes(value).subspan(8)));
      read_head(value);
  }
  return 0;
}

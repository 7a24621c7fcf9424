// The examples of what a ledger's database holds, in docs/FORMATS.md, written anew by the
// code and looked up on the page.
#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "ledger/codec.h"
#include "ledger/finding.h"
#include "ledger/frame.h"
#include "ledger/head.h"
#include "ledger/proof/hash.h"
#include "ledger/stored_tree.h"
#include "tests/ledger/sample.h"
#include "tests/support/formats_page.h"

namespace ledger {
namespace {

using ::test::formats_page;
using ::test::shows_block;

using Parts = std::vector<std::pair<std::size_t, std::string>>;  // length in bytes, meaning

// One line for each part: its bytes in hex, and what they mean.
std::string explained(Bytes bytes, const Parts& parts) {
  std::string text;
  std::size_t at = 0;
  for (const auto& [length, meaning] : parts) {
    text += hex_of(bytes.subspan(at, length)) + "  " + meaning + "\n";
    at += length;
  }
  CHECK(at == bytes.size());
  return text;
}

// Sixteen bytes a line, with the offset before and the text behind.
std::string dump(Bytes bytes) {
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 16) {
    const auto row = bytes.subspan(at, std::min<std::size_t>(16, bytes.size() - at));
    text += hex_of(std::uint64_t{at}).substr(13) + "  " + hex_of(row) +
            std::string(2 * (16 - row.size()) + 2, ' ');
    for (const auto byte : row) {
      const auto value = std::to_integer<int>(byte);
      text += value > 0x20 && value < 0x7f ? static_cast<char>(value) : '.';
    }
    text += '\n';
  }
  return text;
}

}  // namespace

TEST_CASE("the page of formats shows the bytes of an entry") {
  const auto batch = test::batch_of(test::warranty_line("e7", 42));
  std::vector<std::uint64_t> words((batch.entry(0).size() + 7) / 8);
  const auto entry = std::as_writable_bytes(std::span(words)).first(batch.entry(0).size());
  std::copy(batch.entry(0).begin(), batch.entry(0).end(), entry.begin());
  stamp(entry, 1'500'000'000'000'000'000, 3);
  const auto example = dump(entry);
  CAPTURE(example);
  CHECK(shows_block(example));
  const auto leaf = hex_of(proof::hash_leaf(entry));
  CAPTURE(leaf);
  CHECK(formats_page().find(leaf) != std::string::npos);
}

TEST_CASE("the page of formats shows the bytes of a frame") {
  const std::vector<FrameEntry> entries{{bytes_of("filed"), 18, 2'000, 5'000},
                                        {bytes_of("approved"), 200, 1'000, 6'000}};
  auto frame = frame_head(Sequence{510}, entries);
  for (const auto& entry : entries) {
    frame.insert(frame.end(), entry.bytes.begin(), entry.bytes.end());
    frame.resize((frame.size() + 7) / 8 * 8);
  }
  const auto example = explained(frame, {{8, "XXH3-64 of all from here to the first entry"},
                                         {4, "magic, TLYF"},
                                         {2, "format version, 1"},
                                         {2, "entries, 2"},
                                         {8, "index of the first, 510"},
                                         {8, "lowest time, 1000 ns"},
                                         {8, "highest time, 2000 ns"},
                                         {8, "first appended time, 5000 ns"},
                                         {8, "last appended time, 6000 ns"},
                                         {32, "types, bits 18 and 200"},
                                         {4, "entry 510: offset 120"},
                                         {4, "length 5"},
                                         {8, "XXH3-64"},
                                         {4, "entry 511: offset 128"},
                                         {4, "length 8"},
                                         {8, "XXH3-64"},
                                         {8, "filed, and three zero bytes"},
                                         {8, "approved"}});
  CAPTURE(example);
  CHECK(shows_block(example));
}

TEST_CASE("the page of formats shows the record of the head and the key of a tile") {
  Head head;
  for (const auto* entry : {"alpha", "beta", "gamma"}) {
    head.frontier.append(proof::hash_leaf(bytes_of(entry)));
    head.entry_bytes += std::string(entry).size();
  }
  head.appended_ns = 6'000;
  const auto example = explained(head.serialise(), {{8, "XXH3-64 of all that follows"},
                                                    {8, "appended time of the last entry, 6000 ns"},
                                                    {8, "bytes of all entries, 14"},
                                                    {8, "frontier: size 3, big-endian"},
                                                    {32, "the subtree of leaves 0 and 1"},
                                                    {32, "leaf 2"}});
  CAPTURE(example);
  CHECK(shows_block(example));
  CHECK(shows_block(explained(tile_key({1, 1'234'067}), {{1, "level 1"}, {8, "number 1234067"}})));
  CHECK(tile_value(std::vector<Hash>(256)).size() == 8'200);
}

}  // namespace ledger

// The examples of docs/FORMATS.md, written anew by the code and looked up on the page.
#include <algorithm>
#include <catch2/catch.hpp>

#include "ledger/proof/base64.h"
#include "ledger/proof/bundle.h"
#include "ledger/proof/completeness_file.h"
#include "ledger/proof/consistency_file.h"
#include "ledger/proof/frontier.h"
#include "ledger/proof/hash.h"
#include "ledger/proof/note.h"
#include "ledger/proof/proof_file.h"
#include "ledger/proof/prover.h"
#include "tests/ledger/proof/hex.h"
#include "tests/support/formats_page.h"

using namespace ledger;
using namespace ledger::proof;
using ledger::proof::test::hex;
using ::test::formats_page;
using ::test::shows_block;

namespace {

SigningKey key() {
  ed25519::Seed seed{};
  for (unsigned i = 0; i < seed.size(); ++i) seed[i] = static_cast<std::byte>(i);
  return *SigningKey::of("tally.example/north", seed);
}

const std::vector<Hash>& leaves() {
  static const std::vector<Hash> hashes{hash_leaf(bytes_of("alpha")), hash_leaf(bytes_of("beta")),
                                        hash_leaf(bytes_of("gamma"))};
  return hashes;
}

std::string checkpoint() {
  const Checkpoint head{"tally.example/north", {TreeSize{3}, root_of(leaves())}, {}};
  const std::vector<SigningKey> keys{key()};
  return sign_note(format(head), keys);
}

// All tiles of the example: one partial tile.
class OneTile final : public TileReader {
  Result<std::vector<Hash>> read(TileId, std::uint32_t) override { return leaves(); }
};

}  // namespace

TEST_CASE("the page of formats shows the hashes of the example") {
  std::string frontier_lines = "0000000000000003\n";
  for (const Hash& hash : {hash_node(leaves()[0], leaves()[1]), leaves()[2]}) {
    frontier_lines += hex(hash) + "\n";
  }
  CHECK(shows_block(frontier_lines));
  Frontier frontier;
  std::string tile_lines;
  for (const Hash& leaf : leaves()) {
    frontier.append(leaf);
    tile_lines += hex(leaf) + "\n";
  }
  CHECK(shows_block(tile_lines));
  frontier_lines.erase(std::remove(frontier_lines.begin(), frontier_lines.end(), '\n'),
                       frontier_lines.end());
  CHECK(hex(frontier.serialise()) == frontier_lines);

  for (const auto& [label, hash] : std::vector<std::pair<std::string, Hash>>{
           {"\"alpha\")     ", leaves()[0]},
           {"\"beta\")      ", leaves()[1]},
           {"\"gamma\")     ", leaves()[2]},
           {"leaf 0 ‖ leaf 1)  ", hash_node(leaves()[0], leaves()[1])},
           {"node ‖ leaf 2)    ", frontier.root()}}) {
    CAPTURE(label);
    CHECK(formats_page().find(label + hex(hash) + "\n") != std::string::npos);
  }
}

TEST_CASE("the page of formats shows the keys, the checkpoint and its signature") {
  CHECK(shows_block(key().verifier().text() + "\n" + key().text() + "\n"));
  CHECK(shows_block(checkpoint()));
  const std::string signature = hex(parse_note(checkpoint())->signatures.front().bytes);
  CHECK(shows_block("c9db8d64\n" + signature.substr(0, 64) + "\n" + signature.substr(64) + "\n"));
}

TEST_CASE("the page of formats shows a proof that holds") {
  OneTile tiles;
  const ProofFile proof{std::nullopt, Sequence{1},
                        *prove_inclusion(tiles, Sequence{1}, TreeSize{3}), checkpoint()};
  CHECK(shows_block(format(proof)));
  CHECK(check_proof(proof, leaves()[1], key().verifier(), "tally.example/north"));
}

TEST_CASE("the page of formats shows a proof of growth that holds") {
  OneTile tiles;
  const ConsistencyFile proof{TreeSize{2}, *prove_consistency(tiles, TreeSize{2}, TreeSize{3}),
                              checkpoint()};
  CHECK(shows_block(format(proof)));
  const TreeHead old{TreeSize{2}, hash_node(leaves()[0], leaves()[1])};
  CHECK(check_consistency(proof, old, key().verifier(), "tally.example/north"));
}

TEST_CASE("the page of formats shows a proof of completeness that holds") {
  MentionMap map;
  map.add("O1", Sequence{0});
  map.add("O1", Sequence{2});
  map.add("O2", Sequence{1});
  map.add("D7", Sequence{1});
  const auto name = key().verifier().name();
  const TreeHead tree{TreeSize{3}, root_of(leaves())};
  const auto signer = key();
  CompletenessFile file{"O1", {{0}, {2}}, {}, checkpoint(), {}};
  file.statement = sign_note(format(MentionStatement{name, tree, map.root()}), {&signer, 1});
  add_path(map.leaves(), mention_key("O1"), 0, file.proof);
  CAPTURE(format(file));
  CHECK(shows_block(format(file)));
  CHECK(check_completeness(file, key().verifier(), name));
}

TEST_CASE("the page of formats shows the bundle of the example") {
  std::vector<std::byte> bundle;
  std::string lines;
  for (const std::string entry : {"alpha", "beta", "gamma"}) {
    const auto begin = bundle.size();
    append_to_bundle(bytes_of(entry), bundle);
    auto line = hex(Bytes(bundle).subspan(begin));
    line.resize(16, ' ');
    lines += line + entry + "\n";
  }
  CHECK(shows_block(lines));
  CHECK(formats_page().find("`tile/entries/000.p/3` of the example, 20 bytes") !=
        std::string::npos);
  CHECK(bundle.size() == 20);
}

TEST_CASE("the page of formats shows the paths of tiles") {
  for (const std::uint64_t size : {3U, 256U, 70'000U}) {
    const auto levels = tile_levels(TreeSize{size});
    for (std::size_t l = 0; l < levels.size(); ++l) {
      const TileId last{static_cast<std::uint8_t>(l), levels[l].full_count};
      if (levels[l].partial_width == 0) continue;
      const std::string path = "`" + tile_path(last, levels[l].partial_width) + "`";
      CAPTURE(path);
      CHECK(formats_page().find(path) != std::string::npos);
    }
  }
  CHECK(formats_page().find("`" + tile_path({2, 1'234'067}, 256) + "`") != std::string::npos);
}

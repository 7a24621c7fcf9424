#include "ledger/proof/published_audit.h"

#include <catch2/catch.hpp>

#include "ledger/proof/hash.h"
#include "tests/ledger/proof/memory_files.h"

using namespace ledger;
using namespace ledger::proof;
using test::Holds;
using test::MemoryFiles;
using Where = PublishedFinding::Where;

namespace {

constexpr std::uint64_t size_max = 800;

const test::NaiveTree& tree() {
  static const auto built = test::NaiveTree::of_size(size_max);
  return built;
}

TreeHead head(std::uint64_t size) {
  return {TreeSize{size}, tree().root(0, size)};
}

struct Outcome {
  PublishedCoverage coverage;
  std::vector<PublishedFinding> findings;
};

Outcome audited(MemoryFiles& files, const TreeHead& signed_tree) {
  Outcome outcome;
  PublishedAuditOptions options;
  options.found = [&](const PublishedFinding& finding) { outcome.findings.push_back(finding); };
  const auto coverage = audit_published(files, signed_tree, options);
  REQUIRE(coverage);
  outcome.coverage = *coverage;
  return outcome;
}

}  // namespace

TEST_CASE("a published log of any size is vouched for as a whole") {
  for (const std::uint64_t size :
       {0U, 1U, 2U, 3U, 7U, 8U, 100U, 255U, 256U, 257U, 511U, 512U, 513U, 768U, 800U}) {
    CAPTURE(size);
    auto files = MemoryFiles::of(tree(), size, Holds::entries);
    const auto outcome = audited(files, head(size));
    CHECK(outcome.findings.empty());
    CHECK(outcome.coverage.entries == size);
    CHECK(outcome.coverage.hashes_only == 0);
    CHECK(outcome.coverage.root == tree().root(0, size));

    auto hashes = MemoryFiles::of(tree(), size, Holds::hashes_only);
    const auto blind = audited(hashes, head(size));
    CHECK(blind.findings.empty());
    CHECK(blind.coverage.entries == 0);
    CHECK(blind.coverage.hashes_only == size);
  }
}

TEST_CASE("an older state is vouched for by the files of a newer one, its partial tiles gone") {
  auto files = MemoryFiles::of(tree(), 768, Holds::entries);
  for (const std::uint64_t size : {600U, 700U, 767U}) {
    CAPTURE(size);
    // Level 1 has no full tile at these sizes: its partial tiles stay.
    for (const auto& [path, bytes] : MemoryFiles::of(tree(), size, Holds::entries).files) {
      if (path.starts_with("tile/1/")) files.files[path] = bytes;
    }
    const auto outcome = audited(files, head(size));
    CHECK(outcome.findings.empty());
    CHECK(outcome.coverage.entries == size);
  }
}

TEST_CASE("no flipped byte, no missing byte and no missing file goes unnoticed") {
  const auto size = GENERATE(as<std::uint64_t>{}, 1, 5, 256, 300, 600);
  const auto holds = GENERATE(Holds::entries, Holds::hashes_only);
  const auto sound = MemoryFiles::of(tree(), size, holds);
  for (const auto& [path, bytes] : sound.files) {
    CAPTURE(size, path);
    auto files = sound;
    files.files.erase(path);
    // Without its only bundle a log is one of hashes, which is said, not blamed.
    const bool last_bundle = size <= 256 && path.starts_with("tile/entries/");
    const auto missing = audited(files, head(size));
    CHECK(missing.findings.empty() == last_bundle);
    if (last_bundle) CHECK(missing.coverage.hashes_only == size);
    files.files[path] = bytes;
    files.files[path].pop_back();
    CHECK_FALSE(audited(files, head(size)).findings.empty());
    files.files[path] = bytes;
    files.files[path].push_back(std::byte{0});
    CHECK_FALSE(audited(files, head(size)).findings.empty());
    for (std::size_t i = 0; i < bytes.size(); i += 1 + bytes.size() / 16) {
      files.files[path] = bytes;
      files.files[path][i] ^= std::byte{4};
      CAPTURE(i);
      const auto outcome = audited(files, head(size));
      REQUIRE_FALSE(outcome.findings.empty());
      CHECK(outcome.coverage.entries + outcome.coverage.hashes_only <= size);
    }
  }
}

TEST_CASE("what differs is told from what stands above and below it") {
  const auto sound = MemoryFiles::of(tree(), 600, Holds::entries);
  auto files = sound;
  SECTION("a leaf hash, while the entry under it and the root above agree") {
    files.files["tile/0/001"][32 * 7] ^= std::byte{1};
    const auto outcome = audited(files, head(600));
    REQUIRE(outcome.findings.size() == 1);
    CHECK(outcome.findings[0].where == Where::tile);
    CHECK(outcome.findings[0].index == Sequence{256 + 7});
    CHECK(outcome.coverage.entries == 600);
  }
  SECTION("an entry, while its leaf hash leads to the root") {
    files.files["tile/entries/001"][2] = std::byte{'9'};
    const auto outcome = audited(files, head(600));
    REQUIRE(outcome.findings.size() == 1);
    CHECK(outcome.findings[0].where == Where::entry);
    CHECK(outcome.findings[0].index == Sequence{256});
    CHECK(outcome.coverage.entries == 599);
  }
  SECTION("the hash of a tile at the right edge, and an entry besides") {
    files.files["tile/1/000.p/2"][32] ^= std::byte{1};
    files.files["tile/entries/002.p/88"][2] = std::byte{'9'};
    const auto outcome = audited(files, head(600));
    REQUIRE(outcome.findings.size() == 2);
    CHECK(outcome.findings[0].where == Where::tile);
    CHECK(outcome.findings[0].index == Sequence{256});
    CHECK(outcome.findings[1].where == Where::entry);
    CHECK(outcome.findings[1].index == Sequence{512});
    CHECK(outcome.coverage.entries == 599);
  }
  SECTION("an entry and its leaf hash together") {
    files.files["tile/entries/000"][2] = std::byte{'9'};
    const auto forged = hash_leaf(bytes_of("9"));
    std::copy(forged.begin(), forged.end(), files.files["tile/0/000"].begin());
    const auto outcome = audited(files, head(600));
    REQUIRE(outcome.findings.size() == 1);
    CHECK(outcome.findings[0].where == Where::tile);
    CHECK(outcome.findings[0].expected.en.starts_with("tile/0/000 with the root"));
    CHECK(outcome.coverage.entries == 600 - 256);
  }
  SECTION("the whole tree rebuilt over another entry") {
    // Entry 599, its leaf and everything above, but not the signature.
    files.files["tile/entries/002.p/88"].back() = std::byte{'8'};
    const auto forged = hash_leaf(bytes_of("598"));
    std::copy(forged.begin(), forged.end(), files.files["tile/0/002.p/88"].end() - 32);
    const auto outcome = audited(files, head(600));
    REQUIRE(outcome.findings.size() == 1);
    CHECK(outcome.findings[0].where == Where::checkpoint);
    CHECK(outcome.coverage.entries == 0);
    CHECK(outcome.coverage.root.has_value());
  }
  SECTION("a bundle that is gone while others are there") {
    files.files.erase("tile/entries/001");
    const auto outcome = audited(files, head(600));
    REQUIRE(outcome.findings.size() == 1);
    CHECK(outcome.findings[0].where == Where::file);
    CHECK(outcome.findings[0].expected.en == "tile/entries/001");
    CHECK(outcome.coverage.hashes_only == 256);
  }
  SECTION("a tile that is gone is made up for by what lies under it") {
    files.files.erase("tile/1/000.p/2");
    const auto outcome = audited(files, head(600));
    REQUIRE(outcome.findings.size() == 1);
    CHECK(outcome.findings[0].where == Where::file);
    CHECK(outcome.coverage.entries == 600);
  }
}

TEST_CASE("the partial tiles of an older checkpoint are looked at where they are there") {
  auto files = MemoryFiles::of(tree(), 600, Holds::hashes_only);
  const auto old = MemoryFiles::of(tree(), 520, Holds::hashes_only).files.at("tile/0/002.p/8");
  files.files["tile/0/002.p/8"] = old;
  CHECK_FALSE(compare_older(files, head(600), head(520), "kept")->has_value());
  files.files["tile/0/002.p/8"][3] ^= std::byte{1};
  const auto altered = compare_older(files, head(600), head(520), "kept");
  REQUIRE(altered);
  REQUIRE(altered->has_value());
  CHECK((*altered)->expected.en == "tile/0/002.p/8, as kept signed");
  // Not every checkpoint is published: what is not there is not missed.
  files.files.erase("tile/0/002.p/8");
  CHECK_FALSE(compare_older(files, head(600), head(520), "kept")->has_value());
}

TEST_CASE("older checkpoints are beginnings of the newest, or found out") {
  auto files = MemoryFiles::of(tree(), 600, Holds::hashes_only);
  for (const std::uint64_t size : {0U, 1U, 255U, 256U, 257U, 512U, 599U, 600U}) {
    CAPTURE(size);
    const auto same = compare_older(files, head(600), head(size), "kept");
    REQUIRE(same);
    CHECK_FALSE(same->has_value());
    const auto other = compare_older(files, head(600), {TreeSize{size}, tree().leaf(0)}, "kept");
    REQUIRE(other);
    if (size != 1) CHECK(other->has_value());
  }
  const auto rolled_back = compare_older(files, head(600), head(601), "kept");
  REQUIRE(rolled_back);
  REQUIRE(rolled_back->has_value());
  CHECK((*rolled_back)->expected.en == "a log of at least 601 entries, as kept signed");
}

TEST_CASE("a signed size without files behind it is found out at once") {
  auto files = MemoryFiles::of(tree(), 300, Holds::entries);
  for (const std::uint64_t size : {std::uint64_t{1} << 40, ~std::uint64_t{0}}) {
    CAPTURE(size);
    const auto outcome = audited(files, {TreeSize{size}, tree().leaf(0)});
    CHECK_FALSE(outcome.findings.empty());
    CHECK(outcome.coverage.entries + outcome.coverage.hashes_only == 0);
    const auto older = compare_older(files, {TreeSize{size}, tree().leaf(0)}, head(300), "kept");
    REQUIRE(older);
    CHECK(older->has_value());
  }
}

TEST_CASE("a file that cannot be read is no verdict") {
  class Broken final : public PublishedFiles {
    Result<std::vector<std::byte>> read(const std::string&) override {
      return Error{ErrorCode::unavailable, std::string("the disk is on fire")};
    }
  };

  Broken files;
  PublishedAuditOptions options;
  options.found = [](const PublishedFinding&) {};
  const auto outcome = audit_published(files, head(3), options);
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().code == ErrorCode::unavailable);
  CHECK_FALSE(compare_older(files, head(3), head(2), "kept"));
}

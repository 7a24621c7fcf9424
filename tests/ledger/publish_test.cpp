#include "ledger/publish.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <fstream>
#include <map>
#include <thread>

#include "ledger/durable_file.h"
#include "ledger/open_ledger.h"
#include "ledger/proof/note.h"
#include "ledger/proof/published_audit.h"
#include "ledger/published_folder.h"
#include "ledger/stored_tree.h"
#include "tests/ledger/sample.h"

namespace ledger {
namespace {

namespace fs = std::filesystem;
using test::mileage_batch;
using test::open_log;
using ::test::Scratch;
using test::value_of;

struct Audited {
  proof::Checkpoint checkpoint;
  proof::PublishedCoverage coverage;
  std::vector<proof::PublishedFinding> findings;
};

Audited audited(const fs::path& folder, const std::string& vkey) {
  PublishedFolder files(folder);
  const auto key = value_of(proof::VerifierKey::parse(vkey));
  const auto note = value_of(files.read("checkpoint"));
  Audited result{value_of(proof::open_checkpoint(text_of(note), key, key.name())), {}, {}};
  proof::PublishedAuditOptions options;
  options.found = [&](const auto& finding) { result.findings.push_back(finding); };
  result.coverage = value_of(proof::audit_published(files, result.checkpoint.tree, options));
  return result;
}

std::map<std::string, std::string> contents(const fs::path& folder) {
  std::map<std::string, std::string> all;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    all[fs::relative(entry.path(), folder).string()] = value_of(read_file(entry.path()));
  }
  return all;
}

}  // namespace

TEST_CASE("a folder that grows with its log shows all of it at every size") {
  const Scratch scratch;
  const auto log = open_log(scratch.path() / "ledger");
  const auto folder = scratch.path() / "published";
  std::vector<proof::TreeHead> before;
  for (const std::uint64_t size : {0U, 1U, 2U, 200U, 255U, 256U, 257U, 511U, 512U, 768U, 1000U}) {
    CAPTURE(size);
    const auto have = log->size().value;
    if (size > have) value_of(log->append(mileage_batch(have, size - have, 5)));
    value_of(log->sign_checkpoint());
    const auto published = value_of(publish(log->reader(), folder, {}));
    CHECK(published.tree.size == TreeSize{size});
    const auto seen = audited(folder, log->reader().verifier_key());
    CHECK(seen.findings.empty());
    CHECK(seen.checkpoint.tree == published.tree);
    CHECK(seen.coverage.entries == size);
    PublishedFolder files(folder);
    for (const auto& old : before) {
      CHECK_FALSE(value_of(proof::compare_older(files, published.tree, old, "old")).has_value());
    }
    before.push_back(published.tree);
    CHECK(value_of(publish(log->reader(), folder, {})).files == 0);
    // In one go the same files come out, but for what older sizes needed.
    const auto fresh = scratch.path() / "fresh";
    value_of(publish(log->reader(), fresh, {}));
    const auto grown = contents(folder);
    for (const auto& [path, content] : contents(fresh)) CHECK(grown.at(path) == content);
    for (const auto& [path, content] : grown) CHECK(path.find(".new") == std::string::npos);
    fs::remove_all(fresh);
  }
  // Partial tiles went when their full one came, and not before.
  CHECK_FALSE(fs::exists(folder / "tile/0/000.p"));
  CHECK_FALSE(fs::exists(folder / "tile/entries/001.p"));
  CHECK(fs::exists(folder / "tile/1/000.p/1"));
  CHECK(fs::exists(folder / "tile/1/000.p/3"));
}

TEST_CASE("hashes can be published without entries, and the entries later") {
  const Scratch scratch;
  const auto log = open_log(scratch.path() / "ledger");
  const auto folder = scratch.path() / "published";
  value_of(log->append(mileage_batch(0, 300, 5)));
  value_of(log->sign_checkpoint());
  const PublishOptions hashes{.disclosure = Disclosure::hashes_only};
  value_of(publish(log->reader(), folder, hashes));
  CHECK_FALSE(fs::exists(folder / "tile/entries"));
  CHECK(audited(folder, log->reader().verifier_key()).coverage.hashes_only == 300);
  value_of(log->append(mileage_batch(300, 300, 5)));
  value_of(log->sign_checkpoint());
  value_of(publish(log->reader(), folder, {}));
  const auto seen = audited(folder, log->reader().verifier_key());
  CHECK(seen.findings.empty());
  CHECK(seen.coverage.entries == 600);
  const auto refused = publish(log->reader(), folder, hashes);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::conflict);
}

TEST_CASE("a publication that was cut short is gone on with") {
  const Scratch scratch;
  const auto log = open_log(scratch.path() / "ledger");
  const auto folder = scratch.path() / "published";
  value_of(log->append(mileage_batch(0, 600, 5)));
  value_of(log->sign_checkpoint());
  value_of(publish(log->reader(), folder, {}));
  const auto whole = contents(folder);
  // As after a kill: the first checkpoint, some files in place, one half written beside it.
  const auto first = value_of(log->reader().at(TreeSize{0}).checkpoint()).value();
  for (const auto* const missing : {"tile/0/001", "tile/entries/002.p/88", "tile/1/000.p/2"}) {
    fs::remove(folder / missing);
  }
  std::ofstream(folder / "tile/0/001.new") << "half";
  REQUIRE(replace_file(folder / "checkpoint", first, FileAccess::everyone));
  CHECK(audited(folder, log->reader().verifier_key()).findings.empty());
  value_of(publish(log->reader(), folder, {}));
  CHECK(contents(folder) == whole);
}

TEST_CASE("a folder of another log, of another past or of a later state is left as it is") {
  const Scratch scratch;
  const auto log = open_log(scratch.path() / "ledger");
  const auto folder = scratch.path() / "published";
  value_of(log->append(mileage_batch(0, 300, 5)));
  value_of(log->sign_checkpoint());
  value_of(publish(log->reader(), folder, {}));
  const auto before = contents(folder);
  const auto refuses = [&](const Reader& view) {
    const auto refused = publish(view, folder, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::corrupt);
    CHECK(contents(folder) == before);
  };
  SECTION("another log") {
    const auto other = open_log(scratch.path() / "other");
    value_of(other->append(mileage_batch(0, 400, 5)));
    value_of(other->sign_checkpoint());
    refuses(other->reader());
  }
  SECTION("an older view") {
    refuses(log->reader().at(TreeSize{299}));
  }
  SECTION("tiles that nobody signed for") {
    fs::remove(folder / "checkpoint");
    const auto refused = publish(log->reader(), folder, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::corrupt);
  }
  SECTION("a checkpoint that is damaged") {
    std::ofstream(folder / "checkpoint", std::ios::app) << "x";
    const auto refused = publish(log->reader(), folder, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::corrupt);
  }
}

TEST_CASE("one run publishes at a time") {
  const Scratch scratch;
  const auto log = open_log(scratch.path() / "ledger");
  const auto folder = scratch.path() / "published";
  fs::create_directories(folder);
  const int other = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY);
  REQUIRE(other >= 0);
  REQUIRE(::flock(other, LOCK_EX) == 0);
  const auto refused = publish(log->reader(), folder, {});
  ::close(other);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::conflict);
  CHECK(publish(log->reader(), folder, {}));
}

TEST_CASE("a ledger whose tree was altered does not get a new checkpoint published") {
  const Scratch scratch;
  const auto directory = scratch.path() / "ledger";
  const auto folder = scratch.path() / "published";
  {
    const auto log = open_log(directory);
    value_of(log->append(mileage_batch(0, 100, 5)));
    value_of(log->sign_checkpoint());
    value_of(publish(log->reader(), folder, {}));
    value_of(log->append(mileage_batch(100, 500, 5)));
  }
  const auto before = value_of(read_file(folder / "checkpoint"));
  {
    const auto store = value_of(Store::open(directory / "db", Store::Mode::write));
    StoredTree tiles(*store);
    auto hashes = value_of(tiles.read({0, 1}, 256));
    hashes[7][0] ^= std::byte{1};
    WriteGroup writes(*store);
    writes.put(Table::tree, tile_key({0, 1}), tile_value(hashes));
    value_of(store->write(std::move(writes)));
  }
  const auto reader = value_of(Reader::open(directory));
  for (const auto disclosure : {Disclosure::entries, Disclosure::hashes_only}) {
    const auto target = disclosure == Disclosure::entries ? folder : scratch.path() / "hashes";
    const auto refused = publish(reader, target, {.disclosure = disclosure});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::corrupt);
  }
  CHECK(value_of(read_file(folder / "checkpoint")) == before);
  CHECK(audited(folder, reader.verifier_key()).findings.empty());
}

TEST_CASE("publishing goes on beside a writer, and shows a state that was signed", "[threads]") {
  const Scratch scratch;
  const auto log = open_log(scratch.path() / "ledger");
  const auto folder = scratch.path() / "published";
  std::thread writer([&] {
    for (std::uint64_t first = 0; first < 3000; first += 100) {
      value_of(log->append(mileage_batch(first, 100, 5)));
      value_of(log->sign_checkpoint());
    }
  });
  std::uint64_t least = 0;
  for (int round = 0; round < 10; ++round) {
    const auto reader = value_of(Reader::open(scratch.path() / "ledger"));
    const auto size = value_of(publish(reader, folder, {})).tree.size.value;
    CHECK(size >= least);
    least = size;
    const auto seen = audited(folder, reader.verifier_key());
    CHECK(seen.findings.empty());
    CHECK(seen.coverage.entries == size);
  }
  writer.join();
}

}  // namespace ledger

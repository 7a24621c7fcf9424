// The public vectors of transparency-dev/merkle (read from TALLY_VECTORS, by default
// ../shared/vectors beside the project; skipped with a warning where absent): 98 inclusion and 98
// consistency proofs, most of them spoilt in some way.
#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>

#include "ledger/proof/base64.h"
#include "ledger/proof/hash.h"
#include "ledger/proof/merkle.h"
#include "tests/support/tests_dir.h"

using namespace ledger;
using namespace ledger::proof;

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

fs::path vectors() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): tests set no environment
  const char* const elsewhere = std::getenv("TALLY_VECTORS");
  return fs::path(elsewhere != nullptr ? elsewhere : ::test::in_tests("../../shared/vectors")) /
         "rfc6962";
}

std::set<fs::path> cases(const char* kind) {
  std::set<fs::path> files;
  if (!fs::exists(vectors() / kind)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(vectors() / kind)) {
    if (entry.path().extension() == ".json") files.insert(entry.path());
  }
  return files;
}

json::object read(const fs::path& file) {
  std::stringstream text;
  text << std::ifstream(file).rdbuf();
  return json::parse(text.str()).as_object();
}

// That library takes any bytes for a hash; ours has 32. A hash of another length becomes
// a leaf hash of its bytes, so that equal stays equal and the verifier is always asked.
Hash hash_of(const json::value& value) {
  const auto bytes = decode_base64(std::string_view(value.as_string()));
  REQUIRE(bytes);
  if (bytes->size() != sizeof(Hash)) return hash_leaf(*bytes);
  return *decode_hash(std::string_view(value.as_string()));
}

std::vector<Hash> hashes_of(const json::value& value) {
  std::vector<Hash> hashes;
  if (value.is_null()) return hashes;
  for (const json::value& hash : value.as_array()) hashes.push_back(hash_of(hash));
  return hashes;
}

std::uint64_t number(const json::value& value) {
  return value.to_number<std::uint64_t>();
}

// Cases which that library refuses by a policy of its own. By the RFC, two of them hold:
// an empty proof is all that a size1 of 0 needs, and in a tree of one entry the leaf hash
// is the root, be both empty. The other two are refused here as well, since
// they state a root for a tree without entries that is not the digest of nothing.
const std::set<std::string> refused_by_policy_only{
    "consistency/additional/size1-is-zero-and-size2-is-not-zero.json",
    "inclusion/single-entry/empty-root-and-leaf.json"};
const std::set<std::string> refused_by_policy_and_here{
    "consistency/additional/size1-is-zero-and-does-not-equal-size2.json",
    "consistency/additional/sizes-are-equal-zero-and-proof-is-empty.json"};

bool wanted(const fs::path& file, const json::object& vector) {
  const std::string name = fs::relative(file, vectors()).generic_string();
  const bool refused = vector.at("wantErr").as_bool();
  if (refused_by_policy_only.count(name) + refused_by_policy_and_here.count(name) != 0) {
    REQUIRE(refused);
  }
  return !refused || refused_by_policy_only.count(name) != 0;
}

// Holds the verdict of `verify` against all 98 cases of a kind.
void check_cases(const char* kind, const std::function<bool(const json::object&)>& verify) {
  const auto files = cases(kind);
  if (files.empty()) {
    WARN("skipped: there are no vectors in " << vectors());
    return;
  }
  CHECK(files.size() == 98);
  for (const fs::path& file : files) {
    CAPTURE(file);
    const json::object vector = read(file);
    CHECK(verify(vector) == wanted(file, vector));
  }
}

}  // namespace

TEST_CASE("the public inclusion vectors") {
  check_cases("inclusion", [](const json::object& vector) {
    const TreeHead tree{TreeSize{number(vector.at("treeSize"))}, hash_of(vector.at("root"))};
    return bool(verify_inclusion(Sequence{number(vector.at("leafIdx"))},
                                 hash_of(vector.at("leafHash")), tree,
                                 hashes_of(vector.at("proof"))));
  });
}

TEST_CASE("the public consistency vectors") {
  check_cases("consistency", [](const json::object& vector) {
    const TreeHead old{TreeSize{number(vector.at("size1"))}, hash_of(vector.at("root1"))};
    const TreeHead tree{TreeSize{number(vector.at("size2"))}, hash_of(vector.at("root2"))};
    return bool(verify_consistency(old, tree, hashes_of(vector.at("proof"))));
  });
}

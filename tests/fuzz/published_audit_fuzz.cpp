// No file of a published log can be replaced by other bytes unnoticed, and none makes the audit
// go astray. The first byte chooses the file; the rest stands in its place.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "ledger/base/check.h"
#include "ledger/proof/bundle.h"
#include "ledger/proof/frontier.h"
#include "ledger/proof/hash.h"
#include "ledger/proof/published_audit.h"

namespace {

using namespace ledger;
using namespace ledger::proof;

constexpr std::uint64_t entries = 259;

// A log whose entry i is one byte: tiles on two levels, two bundles.
class Files final : public PublishedFiles {
 public:
  Files() {
    std::vector<Hash> leaves;
    Frontier frontier;
    for (std::uint64_t i = 0; i < entries; ++i) {
      const auto entry = static_cast<std::byte>(i);
      leaves.push_back(hash_leaf(Bytes(&entry, 1)));
      frontier.append(leaves.back());
      append_to_bundle(Bytes(&entry, 1), files[bundle_path({i / 256}, i < 256 ? 256 : 3)]);
      put(tile_path({0, i / 256}, i < 256 ? 256 : 3), leaves.back());
    }
    put(tile_path({1, 0}, 1), root_of(std::span(leaves).first(256)));
    tree = {frontier.size(), frontier.root()};
  }

  Result<std::vector<std::byte>> read(const std::string& path) override {
    const auto found = files.find(path);
    if (found == files.end()) return Error{ErrorCode::not_found, path};
    return found->second;
  }

  std::map<std::string, std::vector<std::byte>> files;
  TreeHead tree;

 private:
  void put(const std::string& path, const Hash& hash) {
    auto& file = files[path];
    file.insert(file.end(), hash.begin(), hash.end());
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const Files sound;
  if (size == 0) return 0;
  Files altered = sound;
  auto chosen = altered.files.begin();
  std::advance(chosen, data[0] % altered.files.size());
  const auto bytes = std::as_bytes(std::span(data + 1, size - 1));
  const bool same =
      std::equal(bytes.begin(), bytes.end(), chosen->second.begin(), chosen->second.end());
  chosen->second.assign(bytes.begin(), bytes.end());
  std::size_t findings = 0;
  PublishedAuditOptions options;
  options.found = [&](const PublishedFinding&) { ++findings; };
  const auto coverage = audit_published(altered, sound.tree, options);
  check(bool(coverage) && (findings == 0) == same, "what differs is found, and nothing else");
  check(coverage->entries <= entries, "no entry counts twice");
  return 0;
}

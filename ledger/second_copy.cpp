#include "ledger/second_copy.h"

#include <algorithm>
#include <string>
#include <utility>

#include "ledger/base/message.h"
#include "ledger/proof/bundle.h"
#include "ledger/proof/hash.h"
#include "ledger/proof/published_log.h"
#include "ledger/proof/tile.h"
#include "ledger/published_folder.h"

namespace ledger {
namespace {

constexpr std::uint64_t bundle_width = proof::tile_width_max;
constexpr std::size_t kept_bytes_max = std::size_t{64} << 20;  // of listed entries, together

Error unsigned_copy(const std::filesystem::path& directory, const Message& why) {
  return {ErrorCode::invalid, worded("{} shows no checkpoint of this log: {}",
                                     "{} 中没有本日志的检查点：{}", directory.string(), why)};
}

SecondCopy::Bundle bundle_of(const Evidence& evidence, std::uint64_t number, TreeSize size) {
  const auto first = number * bundle_width;
  const TreeSize end{std::min(first + bundle_width, size.value)};
  SecondCopy::Bundle entries(end.value > first ? end.value - first : 0);
  evidence.scan(Sequence{first}, end, [&](const StoredEntry& stored) {
    entries[stored.index.value - first].emplace(stored.bytes.begin(), stored.bytes.end());
  });
  return entries;
}

class LedgerCopy final : public SecondCopy {
 public:
  LedgerCopy(Evidence evidence, const proof::TreeHead& tree)
      : SecondCopy(tree), evidence_(std::move(evidence)), tiles_(evidence_.tiles()) {}

  Bundle bundle(std::uint64_t number) override { return bundle_of(evidence_, number, tree().size); }

 private:
  proof::TileReader& tiles() override { return *tiles_; }

  Evidence evidence_;
  std::unique_ptr<proof::TileReader> tiles_;
};

Result<std::unique_ptr<SecondCopy>> open_ledger_copy(const std::filesystem::path& directory,
                                                     const proof::VerifierKey& key) {
  auto evidence = TRY(Evidence::open(directory));
  const auto checkpoint = evidence.checkpoint(key);
  if (!checkpoint) return unsigned_copy(directory, checkpoint.error().message);
  return std::unique_ptr<SecondCopy>(
      std::make_unique<LedgerCopy>(std::move(evidence), checkpoint->tree));
}

class FolderCopy final : public SecondCopy {
 public:
  FolderCopy(const std::filesystem::path& folder, const proof::TreeHead& tree)
      : SecondCopy(tree), folder_(folder), tiles_(folder_, tree.size) {}

  // A bundle that is not there or does not read as one has no entries to show.
  Bundle bundle(std::uint64_t number) override {
    const auto width =
        std::min<std::uint64_t>(bundle_width, tree().size.value - number * bundle_width);
    Bundle entries(width);
    const auto file = proof::read_bundle_file(folder_, proof::BundleId{number},
                                              static_cast<std::uint32_t>(width));
    if (!file) return entries;
    const auto parsed = proof::parse_bundle(file->bytes, file->width);
    if (!parsed) return entries;
    for (std::size_t at = 0; at < entries.size(); ++at) {
      entries[at].emplace((*parsed)[at].begin(), (*parsed)[at].end());
    }
    return entries;
  }

 private:
  proof::TileReader& tiles() override { return tiles_; }

  PublishedFolder folder_;
  proof::PublishedTiles tiles_;
};

Result<std::unique_ptr<SecondCopy>> open_folder_copy(const std::filesystem::path& folder,
                                                     const proof::VerifierKey& key) {
  const auto note = TRY(PublishedFolder(folder).read(std::string(proof::checkpoint_path)));
  const auto checkpoint = proof::open_checkpoint(text_of(note), key, key.name());
  if (!checkpoint) return unsigned_copy(folder, checkpoint.error().message);
  return std::unique_ptr<SecondCopy>(std::make_unique<FolderCopy>(folder, checkpoint->tree));
}

}  // namespace

Result<std::unique_ptr<SecondCopy>> SecondCopy::open(const std::filesystem::path& directory,
                                                     const proof::VerifierKey& key) {
  std::error_code ignored;
  if (std::filesystem::exists(directory / "config.toml", ignored)) {
    return open_ledger_copy(directory, key);
  }
  if (std::filesystem::exists(directory / proof::checkpoint_path, ignored)) {
    return open_folder_copy(directory, key);
  }
  return Error{ErrorCode::not_found,
               worded("{}: got neither config.toml nor checkpoint there, wanted a ledger's "
                      "directory, such as a restored backup, or a folder that `tally publish` made",
                      "{}：其中既无 config.toml 也无 checkpoint，应为账本目录（如恢复的备份）"
                      "或 `tally publish` 生成的目录",
                      directory.string())};
}

Status SecondCopy::prove(Sequence index, Bytes entry) {
  const auto proof = TRY(proof::prove_inclusion(tiles(), index, tree_.size));
  return proof::verify_inclusion(index, proof::hash_leaf(entry), tree_, proof);
}

CopyComparison compare_with_copy(const Evidence& own, SecondCopy& copy, std::size_t listed_max) {
  CopyComparison result;
  std::size_t kept_bytes = 0;
  const auto size = copy.tree().size.value;
  for (std::uint64_t number = 0; number * bundle_width < size; ++number) {
    auto theirs = copy.bundle(number);
    auto ours = bundle_of(own, number, own.size());
    theirs.resize(std::min(bundle_width, size - number * bundle_width));
    ours.resize(theirs.size());
    for (std::size_t at = 0; at < theirs.size(); ++at) {
      if (!theirs[at]) {
        ++result.absent;
        continue;
      }
      if (theirs[at] == ours[at]) {
        ++result.compared;
        continue;
      }
      const Sequence index{number * bundle_width + at};
      if (!copy.prove(index, *theirs[at])) {
        ++result.unproven;
        continue;
      }
      ++result.compared;
      ++result.differences;
      kept_bytes += theirs[at]->size() + (ours[at] ? ours[at]->size() : 0);
      if (result.differing.size() >= listed_max || kept_bytes > kept_bytes_max) continue;
      result.differing.push_back({index, std::move(ours[at]), *std::move(theirs[at])});
    }
  }
  return result;
}

}  // namespace ledger

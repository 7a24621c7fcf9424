// Makes the map of mentions of a ledger, or continues one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/mention_file.h"
#include "ledger/reader.h"

namespace ledger {

struct Mention {
  Hash key{};  // of the id
  Sequence index;
};

// A file over the first entries of a log.
struct MentionBase {
  MentionFile file;
  TreeSize size;
};

// How many mentions are taken in between two merges, 40 bytes each: what bounds the memory.
inline constexpr std::size_t mentions_pending_max = std::size_t{4} << 20;

// One run, on one thread.
class MentionBuilder {
 public:
  // Writes into the folder `cache`, `mentions` once finished; until then to files beside it.
  // Without a base it begins at entry 0.
  MentionBuilder(std::filesystem::path cache, std::optional<MentionBase> base,
                 std::size_t pending_max = mentions_pending_max);

  // Merges all that the view has beyond the base. Returns the root. Fails with `corrupt` (an
  // entry or the base cannot be read) or `unavailable`.
  Result<Hash> run(const Reader& view, const std::function<void(std::uint64_t done)>& progress);
  // Puts the file in its place, with the statement that signs its root. Requires a `run`.
  Status finish(std::string_view statement);

 private:
  Status take_in();
  Status merge(MentionFileWriter& writer, unsigned bits);
  Result<std::vector<MentionRecord>> old_bucket(std::size_t number, unsigned bits);
  unsigned bits_for_merge() const;

  std::filesystem::path cache_;
  std::optional<MentionBase> base_;
  std::size_t pending_max_;
  std::vector<Mention> pending_;
  unsigned merges_ = 0;
  std::optional<std::size_t> loaded_;  // the bucket of the base in `old_`
  std::vector<MentionRecord> old_;
  std::optional<MentionFileWriter> final_;
};

}  // namespace ledger

// The map of mentions of a ledger: made from its entries when somebody asks for it, signed by its
// key, kept in its cache.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/base/error.h"
#include "ledger/log_proof.h"
#include "ledger/mention_file.h"
#include "ledger/proof/completeness_file.h"
#include "ledger/proof/mention_statement.h"
#include "ledger/reader.h"

namespace ledger {

// Told now and then how many entries are done.
using MentionProgress = std::function<void(std::uint64_t done)>;

// Extends the map to the newest checkpoint of the view and signs it. What is not in the cache as
// this ledger signed it before is made again from the entries, so that nobody who can write the
// cache decides what is signed. On return the note, which it returns, is on disk. The caller holds
// the ledger open for writing. Fails with `corrupt` (an entry or the signing key cannot be read) or
// `unavailable` (the disk refuses, or another run extends the map); the older note stays.
Result<std::string> sign_mentions(const std::filesystem::path& directory, const Reader& view,
                                  const MentionProgress& progress);

// The newest signed statement, if there is one.
Result<std::optional<std::string>> mention_statement(const std::filesystem::path& directory);
// The same, its signature and what it says of the log checked against the view. Fails with
// `not_found` when nothing was signed yet, else with `corrupt`.
Result<proof::MentionStatement> open_mentions(const std::string& note, const Reader& view);

// Proves what mentions an id, and that this is all, as of the newest signed statement. One thread
// at a time.
class SubjectProver {
 public:
  // Makes what the cache lacks, which takes a while and needs no key. Fails with `not_found` when
  // no statement was signed yet, `corrupt` when it is not about this log or not what its entries
  // lead to, `unavailable` when the cache cannot be written.
  static Result<SubjectProver> open(const std::filesystem::path& directory, const Reader& view,
                                    const MentionProgress& progress);

  // The log that the proofs are about.
  const SignedTree& head() const { return head_; }

  Result<proof::CompletenessFile> prove(std::string_view id);

 private:
  SubjectProver(std::filesystem::path cache, Reader view, SignedTree head, std::string note,
                proof::MentionStatement statement, MentionFile file);
  Result<proof::CompletenessFile> answer(std::string_view id);

  std::filesystem::path cache_;
  Reader view_;
  SignedTree head_;
  std::string note_;
  proof::MentionStatement statement_;
  MentionFile file_;
};

}  // namespace ledger

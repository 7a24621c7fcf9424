// Recomputing a ledger from its stored bytes, and what differs from what was signed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"
#include "ledger/base/message.h"
#include "ledger/base/strong.h"
#include "ledger/clock_trail.h"

namespace ledger {

// One thing that is not as it should be: what was expected in its place and what was found, in
// words of both languages.
struct Finding {
  enum class Where { frame, entry, tile, index_table, checkpoint, clock, file };

  Where where;
  std::optional<Sequence> index;  // of the entry, where it is about one
  Message expected;
  Message found;
  std::string type;     // of the event, as far as it can still be read
  std::string subject;  // likewise
};

// `frame`, `entry`, … as printed.
std::string_view name_of(Finding::Where where);

struct Verification {
  TreeSize entries;                 // in the log as it was when the verification began
  std::uint64_t read = 0;           // entries whose bytes could be read and hashed
  std::uint64_t verified = 0;       // entries without a finding that a good checkpoint covers
  std::uint64_t unsigned_tail = 0;  // entries after the newest checkpoint, good or not
  std::uint64_t differences = 0;    // findings, also those beyond the ones listed
  // Signatures of authors that are good, by keys that the log enrolled before and had not
  // revoked; the others are findings.
  std::uint64_t author_signatures = 0;
  std::optional<Hash> root;  // recomputed; only if every entry could be read
  TreeSize checkpoint_size;  // of the newest checkpoint that the bytes lead to
  // Over how many entries the signed map of mentions is what they lead to; absent: none was
  // signed, or it is among the findings.
  std::optional<TreeSize> mentions_size;
  std::vector<Finding> findings;  // in the order of the log, the first of them
  std::vector<ClockStretch> clock_stretches;
};

struct VerifyOptions {
  unsigned threads = 1;
  std::size_t findings_max = 10'000;
  // Told now and then how many entries are done, of how many; one call at a time.
  std::function<void(std::uint64_t done, std::uint64_t total)> progress = {};
};

// Reads everything and trusts nothing but the verifier key. May run beside a writer. An
// Error means that the ledger could not be opened: `corrupt` is then itself the result.
Result<Verification> verify(const std::filesystem::path& directory, const VerifyOptions& options);

}  // namespace ledger

// Which logs and witnesses to trust, and how many of the latter (C2SP tlog-policy). Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.h"
#include "ledger/proof/checkpoint.h"
#include "ledger/proof/key.h"

namespace ledger::proof {

// A policy as its file states it. A plain value, safe to share.
class WitnessPolicy {
 public:
  struct Log {
    VerifierKey key;  // whose name is the log's origin
    std::optional<std::string> url;
  };

  struct Witness {
    std::string name;  // within the policy only
    VerifierKey key;
    std::optional<std::string> url;
  };

  // Reads lines of `log`, `witness`, `group` and `quorum`. Fails with `invalid`, naming the line,
  // on any departure from the format and for a key that both a log and a witness have.
  static Result<WitnessPolicy> parse(std::string_view text);

  const std::vector<Log>& logs() const { return logs_; }

  const std::vector<Witness>& witnesses() const { return witnesses_; }

  // Whether those witnesses are a quorum: `said[i]` is about `witnesses()[i]`. Requires one for
  // each.
  bool is_met_by(const std::vector<bool>& said) const;

 private:
  friend class PolicyReader;

  // What a group or the quorum can count: a witness, or a group of what was named before it.
  struct Voter {
    std::string name;
    std::size_t witness = 0;    // where `members` is empty
    std::size_t threshold = 0;  // of a group
    std::vector<std::size_t> members;
    bool counted = false;  // by a group, which only one may do
  };

  std::vector<Log> logs_;
  std::vector<Witness> witnesses_;
  std::vector<Voter> voters_;
  std::optional<std::size_t> quorum_;  // absent: no witness is wanted
};

// A log that somebody trusts: one of its keys, and its name.
struct LogIdentity {
  VerifierKey key;
  std::string origin;
};

struct Cosignature {
  VerifierKey witness;
  std::uint64_t seconds;  // since 1970, when it was made
};

struct WitnessedCheckpoint {
  Checkpoint checkpoint;
  LogIdentity log;
  std::vector<Cosignature> cosignatures;  // of witnesses of the policy
};

// Opens the note that is a checkpoint of one of `logs`, signed by it, and cosigned by a quorum
// of the policy's witnesses. Fails with `invalid` (no checkpoint) or `corrupt` (a signature is
// wrong, or wanting, or too few witnesses cosigned).
Result<WitnessedCheckpoint> open_witnessed(std::string_view note,
                                           const std::vector<LogIdentity>& logs,
                                           const WitnessPolicy& policy);

}  // namespace ledger::proof

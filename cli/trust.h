// What a call trusts when it checks a log without the ledger: keys, and the log's name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"
#include "ledger/proof/checkpoint.h"
#include "ledger/proof/key.h"
#include "ledger/proof/witness_policy.h"

namespace cli {

// `--origin`, and `--witness` for every key that must have cosigned. `--vkey` or `--policy` goes
// with them.
Option origin_option();
Option witness_option();

struct Trust {
  // Any of them may have signed; that of `--vkey` first.
  std::vector<ledger::proof::LogIdentity> logs;
  std::vector<ledger::proof::VerifierKey> witnesses;  // all must have cosigned
  std::optional<ledger::proof::WitnessPolicy> policy;

  // The trusted keys of logs, as messages show them.
  std::string names() const;
};

// Fails with `invalid` for a text that is no verifier key or policy, or when neither names a log.
ledger::Result<Trust> trust_of(const Arguments& arguments, Console& console);

struct Cosignature {
  std::string witness;
  std::string time;  // RFC 3339, UTC; empty for a witness with a plain Ed25519 key
};

struct TrustedCheckpoint {
  ledger::proof::Checkpoint checkpoint;
  ledger::proof::LogIdentity log;         // that signed it
  std::vector<Cosignature> cosignatures;  // of all trusted witnesses, and those of the policy
};

// Seconds since 1970 as `2026-01-02T03:04:05Z`; far beyond what we print as a date, the number.
std::string utc_text(std::uint64_t seconds);

// Opens a note that a log, all witnesses and a quorum of the policy must have signed. Fails with
// `corrupt` when that is not so, `invalid` for what is no checkpoint.
ledger::Result<TrustedCheckpoint> open_trusted(std::string_view note, const Trust& trust);

}  // namespace cli

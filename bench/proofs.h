// Making and checking inclusion proofs, as `tally prove` and `tally check` do it, but in one
// process that has its ledger open: warm.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "bench/measure.h"
#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/log_proof.h"
#include "ledger/proof/key.h"

namespace bench {

// One thread at a time.
class Proofs {
 public:
  // Opens the ledger and makes `count` proofs of entries all over it, so that the rounds find
  // their files in memory. Fails with `corrupt` if one does not hold.
  static ledger::Result<std::unique_ptr<Proofs>> open(const std::filesystem::path& folder,
                                                      std::uint64_t count);

  // Makes each of the proofs as a text; the time of each is in the lap, and the mean of their
  // bytes.
  ledger::Result<Lap> prove();
  // Checks each, from the text: signature, leaf hash, path. Fails with `corrupt`.
  ledger::Result<Lap> check();

  const std::vector<ledger::Sequence>& indexes() const { return indexes_; }

 private:
  Proofs(const ledger::Reader& reader, ledger::SignedTree head, ledger::proof::VerifierKey key);

  ledger::LogProver prover_;
  ledger::proof::VerifierKey key_;
  std::vector<ledger::Sequence> indexes_;
  std::vector<std::string> entries_;
  std::vector<std::string> texts_;
};

}  // namespace bench

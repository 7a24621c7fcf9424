#pragma once

#include <functional>
#include <mutex>
#include <string>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"
#include "ledger/head.h"
#include "ledger/open_ledger.h"
#include "ledger/proof/key.h"
#include "ledger/proof/note.h"

namespace ledger {

// Signs and keeps the checkpoints of a ledger that is open for writing, which must outlive it,
// and its high-water copy of the newest. Safe from any thread.
class CheckpointStore {
 public:
  CheckpointStore(const OpenLedger& ledger, const proof::SigningKey& key);

  // The checkpoint of what `head` returns, signed unless that was done before, on disk. One at a
  // time, and `head` is asked then, so that checkpoints never go back.
  Result<std::string> sign(const std::function<Head()>& head);
  // As `Log::add_cosignatures`.
  Result<std::string> add_cosignatures(const proof::Note& note);

 private:
  Status store(Bytes stored_key, const std::string& note);
  Status keep_high_water(const std::string& note);

  const OpenLedger& ledger_;
  proof::SigningKey key_;
  std::mutex mutex_;
  std::string high_water_;  // as the file has it
};

}  // namespace ledger

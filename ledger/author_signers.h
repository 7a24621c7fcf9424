// Checking the signatures of a batch before its turn, on the threads of whoever submits it.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/error.h"
#include "ledger/batch.h"
#include "ledger/proof/key.h"

namespace ledger {

// By position in a batch: the key under which the signature of the event was found good.
// Shorter than the batch, or nothing, says that it was not looked at, or not found good.
using Signers = std::vector<std::optional<proof::ed25519::PublicKey>>;

// Finds public keys by their id and checks what claims to be signed by them. Whether such a
// key may sign is for admission to decide, in log order: this only does the arithmetic, the
// dear part, where it holds nobody up. Safe from any thread.
class AuthorSigners {
 public:
  // Looks a key up in what is committed.
  using Find = std::function<std::optional<proof::ed25519::PublicKey>(proof::KeyId)>;

  AuthorSigners(std::string origin, Find find);

  // Requires entries that decode well. Large batches are shared among several threads.
  Signers check(const Batch& batch);

 private:
  using Keys = std::map<proof::KeyId, std::optional<proof::ed25519::PublicKey>>;

  // Of the events at those positions, each looked up once.
  Keys keys_of(const Batch& batch, const std::vector<std::size_t>& positions);

  std::string origin_;
  Find find_;
  std::mutex mutex_;
  std::map<proof::KeyId, proof::ed25519::PublicKey> known_;  // guarded by `mutex_`
};

}  // namespace ledger

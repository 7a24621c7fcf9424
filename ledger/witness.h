// A witness: signs that a log of others only grew, and never two histories of one log.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.h"
#include "ledger/file_lock.h"
#include "ledger/proof/key.h"
#include "ledger/proof/merkle.h"

namespace ledger {

// What goes back to who asked a witness, in the terms of HTTP.
struct WitnessReply {
  unsigned status;
  std::string body;
  std::string content_type = "text/plain; charset=utf-8";
};

// A log that a witness was told to watch.
struct WatchedLog {
  std::string origin;
  proof::TreeHead tree;  // signed last; size 0 before the first
};

// The witness whose key and memory lie in a directory. Nobody else can open that directory as
// long as it lives. The calls that are const or answer requests are safe from any thread.
class Witness {
 public:
  // Makes a witness that watches no log yet; returns its verifier key. Fails with `conflict` when
  // there is one, or a ledger, and with `invalid` for a name that no key may have.
  static Result<std::string> create(const std::filesystem::path& directory, std::string_view name);
  // Fails with `not_found`, `unavailable` (somebody has it open, or the disk refuses), or
  // `corrupt`, when what it remembers is not what it signed.
  static Result<std::unique_ptr<Witness>> open(const std::filesystem::path& directory);

  ~Witness();
  Witness(const Witness&) = delete;
  Witness& operator=(const Witness&) = delete;

  const proof::VerifierKey& key() const;
  // By origin.
  std::vector<WatchedLog> logs() const;

  // Watches a log from now on, or takes another key of it; on disk on return. Fails with
  // `invalid` for a key that is not a log's, or is this witness's own. Call it before requests
  // are answered.
  Status trust(const proof::VerifierKey& log, const std::string& origin);

  // Answers a request to cosign a checkpoint (C2SP tlog-witness, add-checkpoint), made at that
  // time in seconds since 1970. What was signed is on disk before this returns, so of two
  // requests that contradict each other one wins, whatever the threads and power cuts. Status
  // 500 when the disk refuses: then no signature went out.
  WitnessReply add_checkpoint(std::string_view request, std::uint64_t seconds);
  // The newest checkpoint that was cosigned of the log whose origin has that SHA-256, in hex.
  WitnessReply checkpoint(std::string_view origin_hash) const;

 private:
  class Watch;
  Witness(std::filesystem::path directory, const proof::CosigningKey& key, FileLock lock);

  std::filesystem::path directory_;
  proof::CosigningKey key_;
  FileLock lock_;
  std::vector<std::unique_ptr<Watch>> watches_;  // by origin
};

}  // namespace ledger

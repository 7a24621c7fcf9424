#pragma once

#include <cstdint>
#include <functional>
#include <future>
#include <optional>
#include <string>
#include <vector>

#include "cli/event_files.h"
#include "cli/event_line.h"
#include "ledger/base/error.h"
#include "ledger/batch.h"
#include "ledger/codec.h"
#include "ledger/log.h"

namespace cli {

// What an import has come to.
struct IntakeCounts {
  std::int64_t added = 0;
  std::int64_t repeated = 0;
  std::int64_t refused = 0;
};

// Turns lines and rows into batches and hands them to the log: the next batch is parsed and
// encoded while the log commits the one before. A batch goes in only after the one before
// it is on disk, so that a batch that fails is the last. One thread; owns nothing of the log.
class Intake {
 public:
  // Called with the size of the log each time a batch is acknowledged.
  using Acknowledged = std::function<void(ledger::TreeSize)>;
  using Refused = std::function<void(const RefusedLine&)>;

  Intake(ledger::Log& log, std::size_t batch_limit, Acknowledged acknowledged, Refused refused);

  // Takes the next line or row of `file`, whose events `encode` adds; they are never parted.
  // False when nothing more is to be read, since its batch holds a refused one. Fails with the
  // error of a batch that the log did not take; where that names positions, their lines were
  // reported as refused.
  ledger::Result<bool> take(const std::string& file, std::uint64_t line,
                            const EncodeEvents& encode);
  // Appends what is left unless a line of it was refused, and waits for it.
  ledger::Status finish();
  // Waits for the batch on its way, if there is one, and counts what it came to.
  ledger::Status await();

  const IntakeCounts& counts() const { return counts_; }

 private:
  struct Origin {
    std::string file;
    std::uint64_t line;
  };

  void report(const ledger::Error& error);
  ledger::Status submit();

  ledger::Log& log_;
  std::size_t batch_limit_;
  Acknowledged acknowledged_;
  Refused refused_;
  ledger::Encoder encoder_;
  ledger::Batch batch_;
  std::size_t taken_in_batch_ = 0;  // events, and lines refused
  bool spoiled_ = false;            // a line of the present batch was refused
  std::vector<Origin> origins_, origins_in_flight_;
  std::optional<std::future<ledger::Result<ledger::Appended>>> in_flight_;
  IntakeCounts counts_;
};

}  // namespace cli

#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <future>
#include <memory>
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

// Turns lines and rows into batches and hands them to the log, some before the first of them is
// on disk. They go in as one succession, so that a batch that fails is the last. One thread;
// owns nothing of the log.
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
  // Waits for the batches on their way and counts what they came to.
  ledger::Status await();

  const IntakeCounts& counts() const { return counts_; }

 private:
  struct Origin {
    std::size_t file;  // in `files_`
    std::uint64_t line;
  };

  struct OnItsWay {
    std::future<ledger::Result<ledger::Appended>> answer;
    std::vector<Origin> origins;  // of its events
  };

  void report(const ledger::Error& error, const std::vector<Origin>& origins);
  ledger::Status submit();
  ledger::Status await_first();
  static bool is_answered(const OnItsWay& batch);

  ledger::Log& log_;
  std::size_t batch_limit_;
  Acknowledged acknowledged_;
  Refused refused_;
  ledger::Encoder encoder_;
  ledger::Batch batch_;
  std::size_t taken_in_batch_ = 0;  // events, and lines refused
  bool spoiled_ = false;            // a line of the present batch was refused
  std::vector<std::string> files_;  // taken from so far
  std::vector<Origin> origins_;     // of the present batch
  std::deque<OnItsWay> on_their_way_;
  std::shared_ptr<ledger::Succession> succession_ = std::make_shared<ledger::Succession>();
  IntakeCounts counts_;
};

}  // namespace cli

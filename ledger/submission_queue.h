// Where batches wait for the thread that sequences them, and callers for their answers.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include "ledger/author_signers.h"
#include "ledger/base/error.h"
#include "ledger/batch.h"
#include "ledger/gate.h"
#include "ledger/log.h"

namespace ledger {

struct Submission {
  const Batch* batch;  // `own`, or that of a caller who waits
  Batch own;
  std::optional<Error> flaw;  // why the batch cannot be taken, whatever the log holds
  Signers signers;
  std::function<void(Result<Appended>)> done;
  std::shared_ptr<Succession> succession;  // null if it is in none
  Gate* gate = nullptr;        // to be opened when `done` has been called; null if nobody waits
  Submission* next = nullptr;  // the queue's
};

// Many threads add, one at a time drains. Adding takes no lock.
class SubmissionQueue {
 public:
  SubmissionQueue() = default;
  ~SubmissionQueue();
  SubmissionQueue(const SubmissionQueue&) = delete;
  SubmissionQueue& operator=(const SubmissionQueue&) = delete;

  // Whether the caller must see to it that the queue is drained: nobody else will.
  [[nodiscard]] bool add(std::unique_ptr<Submission> submission);
  // The gate at which a submission that is added now should wait.
  Gate& gate();

  // For the one who drains: whether so many events wait.
  bool holds(std::size_t event_count);
  // For the one who drains: how many submissions wait.
  std::size_t submission_count();

  // What is enough for a group, whichever comes first.
  struct Enough {
    std::size_t events;
    std::size_t submissions = std::numeric_limits<std::size_t>::max();
  };

  // For the one who drains: what was added, in that order, until there is enough or no more.
  std::vector<std::unique_ptr<Submission>> take(const Enough& enough);
  bool is_empty() const;
  // Stops draining unless something was added meanwhile. Whether it stopped.
  bool stop();

  // Nothing waits, and nobody drains.
  bool is_idle() const;

 private:
  void gather();

  // The newest that was added and not taken, each linked to the one before. Null: nobody
  // drains. `drained_`: somebody does, and has taken everything.
  std::atomic<Submission*> newest_ = nullptr;
  Submission drained_{};
  std::deque<std::unique_ptr<Submission>> taken_;  // and not handed out; of whoever drains

  // A group is written, another prepared, a third put together; a caller who is early or late by
  // one gate is woken once in vain, and so are those of large groups, of which there may be more.
  std::array<Gate, 4> gates_;
  std::atomic<std::size_t> gate_ = 0;
};

}  // namespace ledger

#include "ledger/submission_queue.h"

#include <algorithm>

namespace ledger {

SubmissionQueue::~SubmissionQueue() {
  for (auto* at = newest_.load(); at != nullptr && at != &drained_;) {
    const std::unique_ptr<Submission> submission(at);
    at = submission->next;
  }
}

bool SubmissionQueue::add(std::unique_ptr<Submission> submission) {
  auto* const added = submission.release();
  auto* before = newest_.load(std::memory_order_relaxed);
  do {
    added->next = before;
    // From the moment that it stands in the queue it is the drainer's.
  } while (!newest_.compare_exchange_weak(before, added, std::memory_order_acq_rel,
                                          std::memory_order_relaxed));
  return before == nullptr;
}

Gate& SubmissionQueue::gate() {
  return gates_[gate_.load(std::memory_order_relaxed) % gates_.size()];
}

bool SubmissionQueue::holds(std::size_t event_count) {
  gather();
  std::size_t count = 0;
  for (auto at = taken_.begin(); at != taken_.end() && count < event_count; ++at) {
    count += (*at)->batch->count();
  }
  return count >= event_count;
}

void SubmissionQueue::gather() {
  const auto had = taken_.size();
  for (auto* at = newest_.exchange(&drained_, std::memory_order_acq_rel);
       at != nullptr && at != &drained_; at = at->next) {
    taken_.emplace_back(at);
  }
  std::reverse(taken_.begin() + static_cast<std::ptrdiff_t>(had), taken_.end());
}

std::size_t SubmissionQueue::submission_count() {
  gather();
  return taken_.size();
}

std::vector<std::unique_ptr<Submission>> SubmissionQueue::take(const Enough& enough) {
  gate_.fetch_add(1, std::memory_order_relaxed);
  gather();
  std::vector<std::unique_ptr<Submission>> group;
  for (std::size_t events = 0;
       !taken_.empty() && events < enough.events && group.size() < enough.submissions;) {
    events += taken_.front()->batch->count();
    group.push_back(std::move(taken_.front()));
    taken_.pop_front();
  }
  return group;
}

bool SubmissionQueue::is_empty() const {
  return taken_.empty() && newest_.load(std::memory_order_relaxed) == &drained_;
}

bool SubmissionQueue::stop() {
  if (!taken_.empty()) return false;
  Submission* nothing = &drained_;
  return newest_.compare_exchange_strong(nothing, nullptr, std::memory_order_acq_rel);
}

bool SubmissionQueue::is_idle() const {
  return newest_.load(std::memory_order_acquire) == nullptr;
}

}  // namespace ledger

// One thread that does what is posted to it, in order. The only part that knows Asio.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace ledger {

class Worker {
 public:
  Worker();
  // Does what has been posted, forgets what waits for its time, and joins the thread.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // From any thread. The tasks must not throw.
  void post(std::function<void()> task);
  // Does `task` after the delay, instead of an earlier one that still waits. From the
  // worker's own thread only.
  void post_after(std::chrono::milliseconds delay, std::function<void()> task);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace ledger

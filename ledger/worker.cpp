#include "ledger/worker.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <thread>
#include <utility>

#include "ledger/base/check.h"

namespace ledger {

namespace asio = boost::asio;

struct Worker::State {
  asio::io_context tasks{1};
  asio::executor_work_guard<asio::io_context::executor_type> open = asio::make_work_guard(tasks);
  asio::steady_timer timer{tasks};
  std::thread thread{[this] { tasks.run(); }};
};

Worker::Worker() : state_(std::make_unique<State>()) {
}

// Where there is no memory left for a last task, nothing better can be done than to stop.
Worker::~Worker() {
  try {
    asio::post(state_->tasks, [this] {
      state_->timer.cancel();
      state_->open.reset();
    });
    state_->thread.join();
  } catch (...) {
    check(false, "a worker can be told to end");
  }
}

void Worker::post(std::function<void()> task) {
  asio::post(state_->tasks, std::move(task));
}

void Worker::post_after(std::chrono::milliseconds delay, std::function<void()> task) {
  state_->timer.expires_after(delay);
  state_->timer.async_wait([task = std::move(task)](const boost::system::error_code& cancelled) {
    if (!cancelled) task();
  });
}

}  // namespace ledger

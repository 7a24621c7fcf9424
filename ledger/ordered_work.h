#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <utility>
#include <vector>

#include "ledger/worker.h"

namespace ledger {

// Items on which several threads work and which come back in the order they were put in,
// whichever thread is done first. The threads take turns, so items should be of one size.
// Put and taken by one thread.
template <class Item>
class OrderedWork {
 public:
  // What is done to an item, by the thread of that number: 0 and up. No two calls with one
  // number overlap.
  using Work = std::function<void(Item& item, std::size_t thread)>;

  // Requires a thread.
  OrderedWork(std::size_t threads, Work work) : work_(std::move(work)), workers_(threads) {}

  void put(Item item) {
    const auto thread = put_++ % workers_.size();
    // Kept by pointer, since std::function wants copies and an item may have none.
    auto task = std::make_shared<std::packaged_task<Item()>>(
        [this, thread, item = std::move(item)]() mutable {
          work_(item, thread);
          return std::move(item);
        });
    results_.push_back(task->get_future());
    workers_[thread].post([task] { (*task)(); });
  }

  // Waits for the item longest put in and gives it back. Throws what the work threw. Requires
  // one.
  Item take() {
    auto result = std::move(results_.front());
    results_.pop_front();
    return result.get();
  }

  // Items put in and not taken.
  std::size_t count() const { return results_.size(); }

 private:
  Work work_;
  std::size_t put_ = 0;
  std::deque<std::future<Item>> results_;
  std::vector<Worker> workers_;  // last: they use all of the above
};

}  // namespace ledger

#pragma once

#include <atomic>
#include <cstddef>
#include <optional>
#include <thread>
#include <type_traits>
#include <vector>

namespace test {

// Calls act(0) … act(count − 1), each on a thread of its own, none before all are there. What
// they returned, in that order.
template <class Act>
auto at_once(std::size_t count, Act act) {
  using Returned = std::invoke_result_t<Act&, std::size_t>;
  std::vector<std::optional<Returned>> results(count);
  std::vector<std::thread> threads;
  threads.reserve(count);
  std::atomic<std::size_t> ready = 0;
  for (std::size_t number = 0; number < count; ++number) {
    threads.emplace_back([&, number] {
      ++ready;
      while (ready < count) std::this_thread::yield();
      results[number].emplace(act(number));
    });
  }
  for (auto& thread : threads) thread.join();
  std::vector<Returned> returned;
  returned.reserve(count);
  for (auto& result : results) returned.push_back(*std::move(result));
  return returned;
}

}  // namespace test

#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace ledger {

// Calls `work` with each of 0 … count − 1 once, on so many threads, the caller's among them; each
// takes the next when it is done with one. `work` must not throw.
template <class Work>
void in_parallel(std::size_t threads, std::size_t count, Work&& work) {
  std::atomic<std::size_t> next{0};
  const auto take = [&] {
    for (auto at = next.fetch_add(1); at < count; at = next.fetch_add(1)) work(at);
  };
  std::vector<std::thread> others;
  for (std::size_t thread = 1; thread < std::min(threads, count); ++thread) {
    others.emplace_back(take);
  }
  take();
  for (auto& other : others) other.join();
}

}  // namespace ledger

#pragma once

#include <thread>
#include <vector>

namespace bench {

// Calls `work(number)` on so many threads, this one among them, and waits for all. Numbers are
// from 0 on.
template <class Work>
void on_threads(unsigned threads, const Work& work) {
  std::vector<std::thread> others;
  for (unsigned number = 1; number < threads; ++number) others.emplace_back(work, number);
  work(0U);
  for (auto& other : others) other.join();
}

}  // namespace bench

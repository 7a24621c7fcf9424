#include "ledger/submission_queue.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>
#include <utility>
#include <vector>

namespace ledger {
namespace {

std::unique_ptr<Submission> submission(std::vector<int>& answered, int number) {
  auto made = std::make_unique<Submission>();
  made->own.add(bytes_of("one event"));
  made->batch = &made->own;
  made->done = [&answered, number](const Result<Appended>&) { answered.push_back(number); };
  return made;
}

void answer(const std::vector<std::unique_ptr<Submission>>& taken) {
  for (const auto& one : taken) one->done(Appended{});
}

TEST_CASE("the first to add has to drain, and all is handed out in the order it came") {
  std::vector<int> answered;
  SubmissionQueue queue;
  CHECK(queue.is_idle());
  CHECK(queue.add(submission(answered, 0)));
  CHECK_FALSE(queue.is_idle());
  for (int number = 1; number < 6; ++number) CHECK_FALSE(queue.add(submission(answered, number)));

  answer(queue.take({3}));
  CHECK(answered == std::vector{0, 1, 2});
  CHECK_FALSE(queue.is_empty());
  CHECK_FALSE(queue.stop());
  CHECK_FALSE(queue.add(submission(answered, 6)));
  answer(queue.take({4}));
  CHECK(answered == std::vector{0, 1, 2, 3, 4, 5, 6});
  CHECK(queue.is_empty());
  CHECK_FALSE(queue.is_idle());
  CHECK(queue.stop());
  CHECK(queue.is_idle());
  CHECK(queue.add(submission(answered, 7)));
}

TEST_CASE("some of those that wait can be taken, and the others stay first in line") {
  std::vector<int> answered;
  SubmissionQueue queue;
  CHECK(queue.add(submission(answered, 0)));
  for (int number = 1; number < 5; ++number) CHECK_FALSE(queue.add(submission(answered, number)));
  CHECK(queue.submission_count() == 5);
  answer(queue.take({1'000, 2}));
  CHECK(answered == std::vector{0, 1});
  CHECK_FALSE(queue.add(submission(answered, 5)));
  CHECK(queue.submission_count() == 4);
  answer(queue.take({1'000}));
  CHECK(answered == std::vector{0, 1, 2, 3, 4, 5});
  CHECK(queue.submission_count() == 0);
  CHECK(queue.stop());
}

TEST_CASE("the queue tells whether so many events wait, wherever it has them") {
  std::vector<int> answered;
  SubmissionQueue queue;
  CHECK(queue.add(submission(answered, 0)));
  CHECK(queue.holds(1));
  CHECK_FALSE(queue.holds(2));
  CHECK_FALSE(queue.add(submission(answered, 1)));
  CHECK(queue.holds(2));
  answer(queue.take({1}));
  CHECK(queue.holds(1));
  CHECK_FALSE(queue.holds(2));
  answer(queue.take({1}));
  CHECK_FALSE(queue.holds(1));
  CHECK(answered == std::vector{0, 1});
  CHECK(queue.stop());
}

TEST_CASE("callers from many threads are all answered, by one of them at a time", "[threads]") {
  constexpr int callers = 8;
  constexpr int calls = 2'000;
  SubmissionQueue queue;
  std::vector<int> answered;  // of whoever drains
  const auto drain = [&] {
    do {
      std::vector<Gate*> gates;
      for (const auto& taken : queue.take({1'000})) {
        taken->done(Appended{});
        gates.push_back(taken->gate);
      }
      for (auto* gate : gates) gate->open();
    } while (!queue.stop());
  };
  const auto call = [&](int caller) {
    for (int number = 0; number < calls; ++number) {
      std::atomic<bool> done = false;
      auto& gate = queue.gate();
      auto made = submission(answered, caller);
      made->done = [&, next = made->done](Result<Appended> result) {
        next(std::move(result));
        done.store(true, std::memory_order_release);
      };
      made->gate = &gate;
      if (queue.add(std::move(made))) drain();
      gate.wait(done);
    }
  };
  std::vector<std::thread> threads;
  threads.reserve(callers);
  for (int caller = 0; caller < callers; ++caller) threads.emplace_back(call, caller);
  for (auto& thread : threads) thread.join();
  CHECK(queue.is_idle());
  CHECK(answered.size() == std::size_t{callers} * calls);
}

}  // namespace
}  // namespace ledger

#pragma once

#include <cstdint>
#include <initializer_list>
#include <random>
#include <string>
#include <vector>

namespace test {

// Chance that falls the same way for the same seed. Not thread-safe.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}

  // 0 … `count` − 1. Requires count > 0.
  int below(int count) { return static_cast<int>(engine_() % static_cast<std::uint64_t>(count)); }

  int between(int least, int most) { return least + below(most - least + 1); }

  bool percent(int chance) { return below(100) < chance; }

  template <class Item>
  Item pick(const std::vector<Item>& items) {
    return items[static_cast<std::size_t>(below(static_cast<int>(items.size())))];
  }

  template <class Item>
  Item pick(std::initializer_list<Item> items) {
    return pick(std::vector<Item>(items));
  }

  std::string pick(std::initializer_list<const char*> items) {
    std::string picked = pick<const char*>(items);
    return picked;
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace test

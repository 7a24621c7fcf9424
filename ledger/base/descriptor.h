#pragma once

#include <unistd.h>

#include <utility>

namespace ledger {

// An open file, or a negative number where it could not be opened; closes it.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}

  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }

  Descriptor(Descriptor&& from) noexcept : number_(std::exchange(from.number_, -1)) {}

  Descriptor& operator=(Descriptor&&) = delete;

  int number() const { return number_; }

 private:
  int number_;
};

}  // namespace ledger

#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "ledger/base/message.h"

namespace ledger {

// What kind of failure the caller must handle. Exit statuses of the program and
// codes of the HTTP API derive from them: append only, never renumber.
enum class ErrorCode { not_found = 1, conflict, invalid, corrupt, unavailable };

// Why an operation failed: one paragraph that says what, where, got, wanted and
// what to do next, in words an operator can act on.
struct Error {
  ErrorCode code;
  Message message;
  std::optional<std::size_t> position{};  // which of the events handed in, where one is at fault
  std::vector<Error> further{};           // of other events handed in, by position
};

// A value, or the Error that explains why there is none. Spelled like
// std::expected so that the alias can replace the class one day.
template <class T>
class [[nodiscard]] Result {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): `return value;` is the point.
  Result(T value) : state_(std::move(value)) {}

  // NOLINTNEXTLINE(google-explicit-constructor): so is `return Error{...};`.
  Result(Error error) : state_(std::move(error)) {}

  explicit operator bool() const { return std::holds_alternative<T>(state_); }

  T& operator*() & { return std::get<T>(state_); }

  const T& operator*() const& { return std::get<T>(state_); }

  T operator*() && { return std::get<T>(std::move(state_)); }

  T* operator->() { return &**this; }

  const T* operator->() const { return &**this; }

  const Error& error() const& { return std::get<Error>(state_); }

  Error error() && { return std::get<Error>(std::move(state_)); }

 private:
  std::variant<T, Error> state_;
};

struct Ok {};

using Status = Result<Ok>;

}  // namespace ledger

// Yields the value of a Result, or returns its error from this function.
// Not in coroutines, never nested.
#define TRY(expression)                                    \
  __extension__({                                          \
    auto try_result = (expression);                        \
    if (!try_result) return std::move(try_result).error(); \
    *std::move(try_result);                                \
  })

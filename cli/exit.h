#pragma once

#include "ledger/base/error.h"

namespace cli {

// The exit status of the program: a contract with scripts, never renumbered.
enum class Exit {
  done = 0,
  check_failed = 1,  // altered ledger, bad proof, result differs
  usage = 2,
  refused = 3,      // the input is not acceptable
  conflict = 4,     // expected size, idempotency
  unavailable = 5,  // disk, lock, network
};

constexpr Exit exit_of(ledger::ErrorCode code) {
  switch (code) {
    case ledger::ErrorCode::corrupt:
      return Exit::check_failed;
    case ledger::ErrorCode::conflict:
      return Exit::conflict;
    case ledger::ErrorCode::unavailable:
      return Exit::unavailable;
    case ledger::ErrorCode::not_found:
    case ledger::ErrorCode::invalid:
      return Exit::refused;
  }
  return Exit::unavailable;
}

}  // namespace cli

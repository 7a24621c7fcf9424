#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <memory>
#include <string_view>

#include "ledger/log.h"
#include "projections/admission.h"
#include "tests/support/scratch.h"

namespace test {

// A ledger on disk, open for writing, that admits what the program would admit.
class AdmittingLedger {
 public:
  explicit AdmittingLedger(std::string_view origin) {
    REQUIRE(ledger::Log::create(directory(), origin));
    open();
  }

  std::filesystem::path directory() const { return scratch_.path() / "ledger"; }

  // Closes it first when it is open.
  void open() {
    close();
    ledger::Log::Options options;
    options.admission = projections::admission();
    auto log = ledger::Log::open(directory(), options);
    if (!log) FAIL(log.error().message.en);
    log_ = *std::move(log);
  }

  void close() { log_.reset(); }

  ledger::Log& log() { return *log_; }

 private:
  Scratch scratch_;
  std::unique_ptr<ledger::Log> log_;
};

}  // namespace test

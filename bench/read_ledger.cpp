#include "bench/read_ledger.h"

#include "bench/stopwatch.h"
#include "ledger/open_ledger.h"
#include "ledger/reader.h"
#include "ledger/scrub.h"
#include "ledger/verify.h"
#include "projections/certificate.h"

namespace bench {
namespace {

ledger::Error damaged() {
  return {ledger::ErrorCode::corrupt,
          {"the ledger of the benchmark does not verify; please report this",
           "基准测试的账本未通过核验；请报告此问题"}};
}

}  // namespace

ledger::Result<double> verify_ledger(const std::filesystem::path& folder, unsigned threads) {
  const Stopwatch watch;
  ledger::VerifyOptions options;
  options.threads = threads;
  const auto verification = TRY(ledger::verify(folder, options));
  if (verification.differences != 0 || verification.verified != verification.entries.value) {
    return damaged();
  }
  return watch.seconds();
}

ledger::Result<double> scrub_ledger(const std::filesystem::path& folder, unsigned threads) {
  const Stopwatch watch;
  const auto ledger = TRY(ledger::open_ledger(folder, ledger::Store::Mode::read));
  ledger::VerifyOptions options;
  options.threads = threads;
  const auto scrubbed = ledger::scrub(*ledger, options);
  if (scrubbed.differences != 0 || scrubbed.scrubbed != ledger->head.size().value) {
    return damaged();
  }
  return watch.seconds();
}

ledger::Result<double> replay_ledger(const std::filesystem::path& folder, unsigned threads) {
  const Stopwatch watch;
  const auto reader = TRY(ledger::Reader::open(folder));
  const projections::LogSource source(reader);
  const auto replay = TRY(projections::Replay::run(source, {}, threads));
  const auto certificate = TRY(projections::certify(*replay));
  if (!certificate.overflows.empty()) {
    return ledger::Error{
        ledger::ErrorCode::invalid,
        ledger::worded("an amount of the generated history overflows: {}",
                       "生成的历史中有金额溢出：{}", certificate.overflows.front())};
  }
  return watch.seconds();
}

ledger::Result<ledger::Hash> root_of(const std::filesystem::path& folder) {
  return TRY(ledger::Reader::open(folder)).root();
}

}  // namespace bench

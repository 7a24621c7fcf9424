#include "bench/append_log.h"

#include <memory>
#include <mutex>
#include <optional>
#include <semaphore>

#include "bench/on_threads.h"
#include "bench/stopwatch.h"
#include "ledger/log.h"
#include "ledger/mention_index.h"
#include "projections/admission.h"

namespace bench {
namespace {

constexpr std::ptrdiff_t batches_on_their_way_max = 16;

ledger::Result<std::unique_ptr<ledger::Log>> new_log(const std::filesystem::path& folder,
                                                     Persons persons) {
  ledger::Log::Options options;
  if (persons == Persons::sealed) options.vault_key = ledger::VaultKey{};
  TRY(ledger::Log::create(folder, bench_origin, options.vault_key));
  options.admission = projections::admission();
  return ledger::Log::open(folder, std::move(options));
}

// Keeps the first error of several threads.
class FirstError {
 public:
  void take(const ledger::Result<ledger::Appended>& result) {
    if (result) return;
    const std::lock_guard lock(mutex_);
    if (!error_) error_ = result.error();
  }

  // Once the threads are done.
  ledger::Status status() const {
    if (error_) return *error_;
    return ledger::Ok{};
  }

 private:
  std::mutex mutex_;
  std::optional<ledger::Error> error_;
};

}  // namespace

ledger::Result<double> append_waiting(const std::filesystem::path& folder,
                                      std::span<const ledger::Batch> batches, unsigned callers) {
  const auto log = TRY(new_log(folder, Persons::open));
  FirstError first_error;
  const auto call = [&](unsigned caller) {
    for (std::size_t at = caller; at < batches.size(); at += callers) {
      first_error.take(log->append(batches[at]));
    }
  };
  const Stopwatch watch;
  on_threads(callers, call);
  const auto seconds = watch.seconds();
  TRY(first_error.status());
  return seconds;
}

ledger::Result<double> append_streaming(const std::filesystem::path& folder,
                                        std::span<const ledger::Batch> batches, Persons persons) {
  const auto log = TRY(new_log(folder, persons));
  FirstError first_error;
  std::counting_semaphore<batches_on_their_way_max> room(batches_on_their_way_max);
  const Stopwatch watch;
  for (const auto& batch : batches) {
    room.acquire();
    log->submit(batch, [&](const ledger::Result<ledger::Appended>& result) {
      first_error.take(result);
      room.release();
    });
  }
  for (std::ptrdiff_t free = 0; free < batches_on_their_way_max; ++free) room.acquire();
  const auto seconds = watch.seconds();
  TRY(first_error.status());
  return seconds;
}

ledger::Result<double> append_with_mentions(const std::filesystem::path& folder,
                                            std::span<const ledger::Batch> batches) {
  const auto appending = TRY(append_streaming(folder, batches));
  const auto log = TRY(ledger::Log::open(folder, {}));
  const auto view = log->reader();
  const Stopwatch watch;
  const auto note = TRY(ledger::sign_mentions(folder, view, {}));
  const auto seconds = watch.seconds();
  const auto statement = TRY(ledger::open_mentions(note, view));
  if (statement.log.size != view.size()) {
    return ledger::Error{ledger::ErrorCode::corrupt,
                         {"the map of mentions of the benchmark is not of the whole log; please "
                          "report this",
                          "基准测试的提及索引未覆盖整个日志；请报告此问题"}};
  }
  return appending + seconds;
}

}  // namespace bench

#include "bench/page_cache.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <vector>

#include "bench/stopwatch.h"
#include "ledger/base/descriptor.h"

namespace bench {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t piece = 4 << 20;

ledger::Error failed(const fs::path& file, int code) {
  return {ledger::ErrorCode::unavailable,
          file.string() + ": " + std::generic_category().message(code)};
}

template <class Use>
ledger::Status each_file(const fs::path& folder, Use use) {
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const ledger::Descriptor file(::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0) return failed(entry.path(), errno);
    if (const int code = use(file.number()); code != 0) return failed(entry.path(), code);
  }
  return ledger::Ok{};
}

}  // namespace

ledger::Status forget_files(const fs::path& folder) {
  return each_file(folder, [](int file) {
    if (::fdatasync(file) != 0) return errno;
    return ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
  });
}

ledger::Result<double> read_files(const fs::path& folder) {
  std::vector<char> buffer(piece);
  const Stopwatch watch;
  TRY(each_file(folder, [&buffer](int file) {
    for (;;) {
      const auto got = ::read(file, buffer.data(), buffer.size());
      if (got == 0) return 0;
      if (got < 0 && errno != EINTR) return errno;
    }
  }));
  return watch.seconds();
}

}  // namespace bench

#include "ledger/kept_tables.h"

#include <rocksdb/file_system.h>

#include <memory>
#include <string>

namespace ledger {
namespace {

thread_local bool keeping = false;

class KeepingFiles final : public rocksdb::FileSystemWrapper {
 public:
  using FileSystemWrapper::FileSystemWrapper;

  const char* Name() const override { return "KeepingFiles"; }

  rocksdb::IOStatus DeleteFile(const std::string& path, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override {
    if (keeping && path.ends_with(".sst")) return rocksdb::IOStatus::OK();
    return FileSystemWrapper::DeleteFile(path, options, debug);
  }
};

}  // namespace

rocksdb::Env* environment_that_keeps_tables() {
  static const auto environment =
      rocksdb::NewCompositeEnv(std::make_shared<KeepingFiles>(rocksdb::FileSystem::Default()));
  return environment.get();
}

KeptTables::KeptTables() {
  keeping = true;
}

KeptTables::~KeptTables() {
  keeping = false;
}

}  // namespace ledger

#include "ledger/database_status.h"

namespace ledger {

bool means_damage(const rocksdb::Status& status) {
  return status.IsCorruption() || status.IsPathNotFound() || status.IsInvalidArgument() ||
         status.IsNotFound() || status.IsNotSupported();
}

// RocksDB tells why it got no lock in words only.
bool means_locked(const rocksdb::Status& status) {
  const auto said = status.ToString();
  const auto says = [&said](const char* words) { return said.find(words) != std::string::npos; };
  return status.IsIOError() &&
         (says("Resource temporarily unavailable") || says("lock hold by current process"));
}

}  // namespace ledger

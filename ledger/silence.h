#pragma once

#include <rocksdb/env.h>

#include <cstdarg>

namespace ledger {

// In the place of the diary that RocksDB writes beside its data: ours would grow in every ledger
// and vault, and tell nobody anything.
class Silence final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;

  void Logv(const char* /*format*/, va_list /*arguments*/) override {}
};

}  // namespace ledger

// A cache of mentions may hold anything: what is read of it leads to its hashes or is refused.
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "ledger/base/check.h"
#include "ledger/mention_file.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace ledger;
  static const auto path =
      std::filesystem::temp_directory_path() / ("mention_fuzz." + std::to_string(::getpid()));
  std::ofstream(path, std::ios::binary | std::ios::trunc)
      .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  auto file = MentionFile::open(path);
  if (!file) return 0;
  for (std::size_t number = 0; number < file->parts().size(); ++number) {
    const auto records = file->bucket(number);
    if (!records) continue;
    for (const auto& record : *records) {
      const auto indexes = record.indexes();
      check(!indexes || indexes->size() == record.leaf.list.count, "a list is as long as it says");
    }
  }
  return 0;
}

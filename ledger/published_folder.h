// The folder of a published log, as a web server over it would give it out.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "ledger/proof/published_log.h"

namespace ledger {

// Safe from any thread.
class PublishedFolder final : public proof::PublishedFiles {
 public:
  explicit PublishedFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  Result<std::vector<std::byte>> read(const std::string& path) override;

 private:
  std::filesystem::path folder_;
};

}  // namespace ledger

// A PostgreSQL server of our own.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "ledger/base/error.h"

namespace bench {

// A new cluster and its server, which listens on a socket in its folder and on no network, and
// is stopped when this goes out of scope or the process dies. Run by root it is the user
// postgres's, since the server refuses root.
class PostgresCluster {
 public:
  static bool is_installed();
  // Makes the cluster in `folder`, which must exist and be reachable for the user postgres.
  // Returns once the server takes connections. Fails with `unavailable`.
  static ledger::Result<std::unique_ptr<PostgresCluster>> start(
      const std::filesystem::path& folder);
  ~PostgresCluster();
  PostgresCluster(const PostgresCluster&) = delete;
  PostgresCluster& operator=(const PostgresCluster&) = delete;

  // What libpq wants to hear.
  const std::string& connection() const { return connection_; }

 private:
  PostgresCluster(pid_t server, std::string connection)
      : server_(server), connection_(std::move(connection)) {}

  pid_t server_;
  std::string connection_;
};

}  // namespace bench

#include "bench/peers/postgres_cluster.h"

#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <optional>
#include <thread>
#include <vector>

namespace bench {
namespace {

const std::filesystem::path programs = "/usr/lib/postgresql/15/bin";

ledger::Error failed(const std::string& what) {
  return {ledger::ErrorCode::unavailable, "PostgreSQL: " + what};
}

// Who owns the cluster, where that must be another user than ours.
struct Owner {
  uid_t user;
  gid_t group;
};

ledger::Result<std::optional<Owner>> owner() {
  if (geteuid() != 0) return std::optional<Owner>();
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 4096> names{};
  if (getpwnam_r("postgres", &entry, names.data(), names.size(), &found) != 0 || found == nullptr) {
    return failed("there is no user postgres to run it");
  }
  return std::optional(Owner{entry.pw_uid, entry.pw_gid});
}

// In the child: nothing is said, nothing outlives the parent, and root is left behind.
[[noreturn]] void become(const std::optional<Owner>& owner, const std::filesystem::path& folder,
                         std::vector<char*>& words) {
  const int nowhere = ::open("/dev/null", O_RDWR);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) dup2(nowhere, stream);
  const bool left = !owner || (setgroups(0, nullptr) == 0 && setgid(owner->group) == 0 &&
                               setuid(owner->user) == 0);
  // After the change of user, which forgets it.
  if (left && prctl(PR_SET_PDEATHSIG, SIGINT) == 0 && chdir(folder.c_str()) == 0) {
    execv(words[0], words.data());
  }
  _exit(127);
}

pid_t begin(const std::vector<std::string>& command, const std::optional<Owner>& owner,
            const std::filesystem::path& folder) {
  std::vector<char*> words;
  words.reserve(command.size() + 1);
  // execv does not write to them, whatever its declaration says.
  for (const auto& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) become(owner, folder, words);
  return child;
}

bool ends_well(pid_t child) {
  int status = 0;
  return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
         WEXITSTATUS(status) == 0;
}

bool takes_connections(const std::string& connection) {
  return PQping(connection.c_str()) == PQPING_OK;
}

}  // namespace

bool PostgresCluster::is_installed() {
  return access((programs / "initdb").c_str(), X_OK) == 0 &&
         access((programs / "postgres").c_str(), X_OK) == 0;
}

ledger::Result<std::unique_ptr<PostgresCluster>> PostgresCluster::start(
    const std::filesystem::path& folder) {
  const auto cluster = std::filesystem::absolute(folder) / "postgres";
  const auto data = cluster / "data";
  std::filesystem::create_directories(cluster);
  const auto user = TRY(owner());
  if (user &&
      (chown(cluster.c_str(), user->user, user->group) != 0 || chmod(folder.c_str(), 0711) != 0)) {
    return failed("cannot give " + cluster.string() + " to the user postgres");
  }
  if (!ends_well(begin({programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E",
                        "UTF8", "--no-locale"},
                       user, cluster))) {
    return failed("initdb cannot make a cluster in " + data.string() +
                  "; may the user postgres enter the folders above it?");
  }
  const auto connection = "host='" + cluster.string() + "' user=postgres dbname=postgres";
  const auto server =
      begin({programs / "postgres", "-D", data, "-k", cluster, "-c", "listen_addresses=", "-c",
             "shared_buffers=256MB", "-c", "max_wal_size=4GB"},
            user, cluster);
  if (server < 0) return failed("the server cannot be started");
  std::unique_ptr<PostgresCluster> started(new PostgresCluster(server, connection));
  constexpr int tries = 600;
  for (int i = 0; i < tries; ++i) {
    if (takes_connections(connection)) return started;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return failed("the server takes no connection within a minute");
}

PostgresCluster::~PostgresCluster() {
  kill(server_, SIGINT);  // it disconnects everybody, writes what it has and leaves
  waitpid(server_, nullptr, 0);
}

}  // namespace bench

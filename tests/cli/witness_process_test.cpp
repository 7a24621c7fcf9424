// A witness as a process of its own, killed with SIGKILL: what it answered binds it, and what it
// had on disk when it died before it could answer.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <map>
#include <set>
#include <thread>
#include <vector>

#include "cli/http/client.h"
#include "cli/http/server.h"
#include "cli/witness_routes.h"
#include "ledger/witness.h"
#include "tests/ledger/proof/shown_log.h"
#include "tests/support/at_once.h"
#include "tests/support/scratch.h"

using cli::http::Request;
using cli::http::Server;
using cli::http::WebAddress;
using ledger::Witness;
using ledger::proof::test::ShownLog;

namespace {

constexpr std::uint64_t noon = 1'700'000'000;

// When the process kills itself.
enum class Death { never, before_its_answer };

// What the process does: serves until it is killed.
[[noreturn]] void serve(const std::filesystem::path& directory, int tell, Death death) {
  auto witness = Witness::open(directory);
  if (!witness) ::_exit(1);
  auto server = Server::listen({"127.0.0.1", 0}, [&](const Request& request) {
    auto answered = cli::answer(request, **witness, noon);
    if (death == Death::before_its_answer) ::kill(::getpid(), SIGKILL);
    return answered;
  });
  if (!server) ::_exit(1);
  const auto url = (*server)->url() + "\n";
  if (::write(tell, url.data(), url.size()) != static_cast<ssize_t>(url.size())) ::_exit(1);
  (*server)->run(2);
  ::_exit(0);
}

class Process {
 public:
  Process(const std::filesystem::path& directory, Death death) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    id_ = ::fork();
    REQUIRE(id_ >= 0);
    if (id_ == 0) serve(directory, ends[1], death);
    ::close(ends[1]);
    std::string url;
    for (char c = 0; ::read(ends[0], &c, 1) == 1 && c != '\n';) url += c;
    ::close(ends[0]);
    const auto address = cli::http::parse_web_address(url);
    REQUIRE(address);
    address_ = *address;
  }

  ~Process() { kill(); }

  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void kill() {
    if (id_ <= 0) return;
    ::kill(id_, SIGKILL);
    ::waitpid(id_, nullptr, 0);
    id_ = -1;
  }

  // The status of the answer; 0 for none.
  unsigned ask(const std::string& request) const {
    cli::http::ClientLimits patient;
    patient.time_max = std::chrono::minutes(2);
    const auto answer = cli::http::send(address_, {"POST", "/add-checkpoint", request}, patient);
    return answer ? answer->status : 0;
  }

 private:
  ::pid_t id_ = -1;
  WebAddress address_;
};

void make_witness(const std::filesystem::path& directory) {
  const ShownLog log;
  REQUIRE(Witness::create(directory, "witness.example"));
  const auto witness = Witness::open(directory);
  REQUIRE(witness);
  REQUIRE((*witness)->trust(log.key().verifier(), log.origin()));
}

}  // namespace

TEST_CASE("a witness that dies between keeping and answering signs no other root afterwards") {
  const test::Scratch scratch;
  make_witness(scratch.path());
  const ShownLog log;
  CHECK(Process(scratch.path(), Death::before_its_answer).ask(log.request(0, 20)) == 0);
  const Process again(scratch.path(), Death::never);
  CHECK(again.ask(log.request(0, 20, true)) == 409);
  CHECK(again.ask(log.request(20, 20, true)) == 422);
  CHECK(again.ask(log.request(20, 30, true)) == 422);
  CHECK(again.ask(log.request(20, 20)) == 200);  // who got no answer asks again
}

TEST_CASE("64 requests at once over the wire, of two histories: one is signed, once") {
  const test::Scratch scratch;
  make_witness(scratch.path());
  const ShownLog log;
  constexpr std::uint64_t size = ShownLog::fork + 1;
  std::vector<unsigned> statuses;
  bool forked_won = false;
  {
    const Process process(scratch.path(), Death::never);
    const std::array requests{log.request(0, size, false), log.request(0, size, true)};
    statuses =
        test::at_once(64, [&](std::size_t client) { return process.ask(requests.at(client % 2)); });
  }
  for (std::size_t client = 0; client < statuses.size(); ++client) {
    CAPTURE(client);
    if (statuses[client] == 200) {
      forked_won = client % 2 == 1;
    } else {
      CHECK(statuses[client] == 409);
    }
  }
  CHECK(std::count(statuses.begin(), statuses.end(), 200U) == 1);
  // What it remembers is what it signed.
  const auto witness = Witness::open(scratch.path());
  REQUIRE(witness);
  CHECK((*witness)->logs().at(0).tree == log.head(size, forked_won));
}

TEST_CASE("a witness killed at any moment under two histories never signs both at one size") {
  const test::Scratch scratch;
  const ShownLog log;
  for (int round = 0; round < 12; ++round) {
    CAPTURE(round);
    const auto directory = scratch.path() / std::to_string(round);
    make_witness(directory);
    std::map<std::uint64_t, std::set<bool>> histories;  // that were signed, by size
    std::uint64_t known = 0;
    for (int life = 0; life < 3; ++life) {
      Process process(directory, Death::never);
      // Strikes while some request is on its way, a little later in it from round to round.
      std::atomic<int> begun = 0;
      std::thread killer([&] {
        while (begun < 3 + 2 * life + round) std::this_thread::yield();
        for (int pause = 0; pause < 20 * round; ++pause) std::this_thread::yield();
        process.kill();
      });
      unsigned status = 1;
      for (int request = 0; status != 0 && request < 400; ++request) {
        ++begun;
        const bool forked = request % 2 == 1;
        const auto next = std::min(known + 1, ShownLog::size_max);
        status = process.ask(log.request(known, next, forked));
        if (status == 200) histories[known = next].insert(forked);
        // It knows more than it could tell before it died: one of the two next trees.
        if (status == 409) known = next;
      }
      begun = 1'000;  // whatever was too slow, the killer waits for no more
      killer.join();
    }
    for (const auto& [size, forked] : histories) {
      CAPTURE(size);
      CHECK((size <= ShownLog::fork || forked.size() == 1));
    }
  }
}

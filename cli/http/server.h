// A small HTTP/1.1 server: one handler, strict limits, no TLS.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "cli/http/address.h"
#include "cli/http/message.h"
#include "ledger/base/error.h"

namespace cli::http {

// A client that exceeds one of them is answered 413 or 431, or is disconnected.
struct ServerLimits {
  std::uint32_t header_bytes_max = 8 * 1024;
  std::uint64_t body_bytes_max = 256 * 1024;
  std::size_t connections_max = 128;  // more wait until one ends
  // For a whole request to arrive and its answer to leave, and between requests.
  std::chrono::milliseconds time_max{10'000};
};

class Server {
 public:
  // Called from several threads at once. What it throws is answered with status 500.
  using Handler = std::function<Answer(const Request&)>;

  // Takes the address; requests wait until `run`. Fails with `invalid` for a host that is no
  // number, `unavailable` when the system refuses the address.
  static ledger::Result<std::unique_ptr<Server>> listen(const ListenAddress& address,
                                                        Handler handler, ServerLimits limits = {});
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // With the port that was taken: `http://127.0.0.1:43121`.
  std::string url() const;
  // From now on SIGINT and SIGTERM do what `stop` does. Call it before `run`.
  void stop_on_signals();
  // Serves on this thread and others until `stop`; by then every request that was read has its
  // answer.
  void run(unsigned threads);
  // From any thread: takes no more requests.
  void stop();

 private:
  class State;
  explicit Server(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace cli::http

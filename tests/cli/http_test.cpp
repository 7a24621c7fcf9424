// The HTTP that witnesses speak, over the loopback interface, and what it does not let through.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <csignal>
#include <stdexcept>
#include <thread>

#include "cli/http/address.h"
#include "cli/http/client.h"
#include "cli/http/server.h"

using namespace std::chrono_literals;
using cli::http::Answer;
using cli::http::ClientLimits;
using cli::http::Request;
using cli::http::Server;
using cli::http::ServerLimits;
using cli::http::WebAddress;

namespace {

// A server on a port of its own, running until the end of the test.
class Running {
 public:
  explicit Running(Server::Handler handler, ServerLimits limits = {})
      : server_(listen(std::move(handler), limits)), thread_([this] { server_->run(4); }) {}

  ~Running() {
    server_->stop();
    thread_.join();
  }

  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  WebAddress address() const { return *cli::http::parse_web_address(server_->url()); }

 private:
  static std::unique_ptr<Server> listen(Server::Handler handler, ServerLimits limits) {
    auto server = Server::listen({"127.0.0.1", 0}, std::move(handler), limits);
    if (!server) FAIL(server.error().message.en);
    return *std::move(server);
  }

  std::unique_ptr<Server> server_;
  std::thread thread_;
};

Answer echo(const Request& request) {
  return {200, request.method + " " + request.target + " " + request.body};
}

Answer sent(const WebAddress& address, const Request& request) {
  const auto answer = cli::http::send(address, request);
  if (!answer) FAIL(answer.error().message.en);
  return *answer;
}

// A connection that says what it likes, and hears what comes until the other end has finished.
class Raw {
 public:
  explicit Raw(const WebAddress& address) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    ::sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(address.port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(socket_, reinterpret_cast<const ::sockaddr*>(&to), sizeof to) == 0);
  }

  ~Raw() { ::close(socket_); }

  Raw(const Raw&) = delete;
  Raw& operator=(const Raw&) = delete;

  void say(std::string_view bytes) const {
    REQUIRE(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
            static_cast<ssize_t>(bytes.size()));
  }

  std::string hear() const {
    std::string heard;
    std::string piece(4096, '\0');
    for (auto got = ::recv(socket_, piece.data(), piece.size(), 0); got > 0;
         got = ::recv(socket_, piece.data(), piece.size(), 0)) {
      heard.append(piece, 0, static_cast<std::size_t>(got));
    }
    return heard;
  }

 private:
  int socket_;
};

}  // namespace

TEST_CASE("web addresses are read as people write them") {
  for (const auto* const good :
       {"http://127.0.0.1:7350", "http://witness.example", "http://witness.example:8080/a/b",
        "http://[::1]:7350", "http://[::1]/x"}) {
    CAPTURE(good);
    const auto address = cli::http::parse_web_address(good);
    REQUIRE(address);
    CHECK(address->text() == good);
  }
  CHECK(cli::http::parse_web_address("http://w.example/a/")->prefix == "/a");
  CHECK(cli::http::parse_web_address("http://w.example:80/")->text() == "http://w.example");
  for (const auto* const bad :
       {"", "w.example", "ftp://w.example", "http://", "http:///x", "http://w.example:0",
        "http://w.example:65536", "http://w.example:", "http://w.example:x", "http://w example",
        "http://u@w.example", "http://[::1", "http://w.example/a b", "http://w.example/a?b",
        "http://w.example/\r\nHost: x", "http://w.example/#a"}) {
    CAPTURE(bad);
    CHECK_FALSE(cli::http::parse_web_address(bad));
  }
}

TEST_CASE("https is refused with what to do about it") {
  const auto refused = cli::http::parse_web_address("https://witness.example");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ledger::ErrorCode::invalid);
  CHECK(refused.error().message.en.find("proxy") != std::string::npos);
}

TEST_CASE("a server waits at a number and a port") {
  CHECK(cli::http::parse_listen_address("127.0.0.1:0")->port == 0);
  CHECK(cli::http::parse_listen_address("[::1]:7350")->number == "::1");
  for (const auto* const bad :
       {"", "127.0.0.1", ":7350", "7350", "127.0.0.1:", "[::1]", "::1:7350"}) {
    CAPTURE(bad);
    CHECK_FALSE(cli::http::parse_listen_address(bad));
  }
  CHECK(Server::listen({"localhost", 0}, echo).error().code == ledger::ErrorCode::invalid);
  const Running running(echo);
  const auto taken = Server::listen({"127.0.0.1", running.address().port}, echo);
  REQUIRE_FALSE(taken);
  CHECK(taken.error().code == ledger::ErrorCode::unavailable);
}

TEST_CASE("a request gets the handler's answer, under the prefix of the address") {
  const Running running(echo);
  auto address = running.address();
  CHECK(sent(address, {"GET", "/a"}).body == "GET /a ");
  address.prefix = "/p";
  CHECK(sent(address, {"POST", "/a", "body"}).body == "POST /p/a body");
  CHECK(sent(address, {"POST", "/a", std::string(200'000, 'x')}).body.size() > 200'000);
}

TEST_CASE("status and content type come through, and what a handler throws is a 500") {
  const Running running([](const Request& request) -> Answer {
    if (request.target == "/throw") throw std::runtime_error("no memory");
    return {409, "12\n", "text/x.tlog.size"};
  });
  const auto answer = sent(running.address(), {"POST", "/"});
  CHECK(answer.status == 409);
  CHECK(answer.content_type == "text/x.tlog.size");
  CHECK(sent(running.address(), {"GET", "/throw"}).status == 500);
  CHECK(sent(running.address(), {"GET", "/"}).status == 409);
}

TEST_CASE("one connection carries several requests") {
  const Running running(echo);
  const Raw raw(running.address());
  raw.say(
      "GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const auto heard = raw.hear();
  CHECK(heard.find("GET /1 ") != std::string::npos);
  CHECK(heard.find("GET /2 ") != std::string::npos);
}

TEST_CASE("too long a body, too long a header and what is no HTTP are turned away") {
  std::atomic<int> handled = 0;
  ServerLimits limits;
  limits.body_bytes_max = 1000;
  const Running running(
      [&](const Request& request) {
        ++handled;
        return echo(request);
      },
      limits);
  CHECK(sent(running.address(), {"POST", "/", std::string(1001, 'x')}).status == 413);
  CHECK(sent(running.address(), {"GET", "/" + std::string(9000, 'x')}).status == 431);
  for (const auto* const nonsense :
       {"\r\n\r\n\r\n", "nonsense\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n"}) {
    CAPTURE(nonsense);
    const Raw raw(running.address());
    raw.say(nonsense);
    CHECK(raw.hear().find(" 400 ") != std::string::npos);
  }
  // A chunked body counts as well.
  const Raw raw(running.address());
  raw.say("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n800\r\n" +
          std::string(0x800, 'x') + "\r\n0\r\n\r\n");
  CHECK(raw.hear().find(" 413 ") != std::string::npos);
  CHECK(handled == 0);
  CHECK(sent(running.address(), {"POST", "/", std::string(1000, 'x')}).status == 200);
}

TEST_CASE("who dawdles is disconnected, whether mid-request or idle") {
  ServerLimits limits;
  limits.time_max = 100ms;
  const Running running(echo, limits);
  const Raw silent(running.address());
  const Raw slow(running.address());
  slow.say("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf");
  CHECK(silent.hear().empty());
  CHECK(slow.hear().empty());
}

TEST_CASE("more connections than allowed wait for their turn") {
  ServerLimits limits;
  limits.connections_max = 1;
  limits.time_max = 1s;
  const Running running(echo, limits);
  const Raw holds(running.address());
  CHECK(sent(running.address(), {"GET", "/"}).status == 200);
}

TEST_CASE("a service that is not there or does not answer is unavailable, in time") {
  WebAddress address;
  {
    const Running running(echo);
    address = running.address();
  }
  const auto refused = cli::http::send(address, {"GET", "/"});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ledger::ErrorCode::unavailable);

  // A server that is not running takes connections and says nothing.
  const auto mute = Server::listen({"127.0.0.1", 0}, echo);
  REQUIRE(mute);
  ClientLimits limits;
  limits.time_max = 100ms;
  const auto late =
      cli::http::send(*cli::http::parse_web_address((*mute)->url()), {"GET", "/"}, limits);
  REQUIRE_FALSE(late);
  CHECK(late.error().code == ledger::ErrorCode::unavailable);
}

TEST_CASE("an answer that is too long is none") {
  const Running running([](const Request&) { return Answer{200, std::string(2000, 'x')}; });
  ClientLimits limits;
  limits.answer_bytes_max = 1000;
  CHECK_FALSE(cli::http::send(running.address(), {"GET", "/"}, limits));
}

TEST_CASE("64 clients at once are all answered", "[threads]") {
  std::atomic<int> handled = 0;
  const Running running([&](const Request& request) {
    ++handled;
    return echo(request);
  });
  std::atomic<int> answered = 0;
  std::vector<std::thread> clients;
  clients.reserve(64);
  for (int i = 0; i < 64; ++i) {
    clients.emplace_back([&, i] {
      const auto body = std::to_string(i);
      const auto answer = cli::http::send(running.address(), {"POST", "/", body});
      if (answer && answer->body == "POST / " + body) ++answered;
    });
  }
  for (auto& client : clients) client.join();
  CHECK(handled == 64);
  CHECK(answered == 64);
}

TEST_CASE("SIGTERM ends a server after the answer that is on its way", "[threads]") {
  std::atomic<bool> entered = false;
  std::atomic<bool> let_go = false;
  auto server = Server::listen({"127.0.0.1", 0}, [&](const Request& request) {
    entered = true;
    while (!let_go) std::this_thread::yield();
    return echo(request);
  });
  REQUIRE(server);
  (*server)->stop_on_signals();
  std::thread running([&] { (*server)->run(2); });
  const auto address = *cli::http::parse_web_address((*server)->url());
  std::string body;
  std::thread client([&] {
    const auto answer = cli::http::send(address, {"POST", "/", "x"});
    if (answer) body = answer->body;
  });
  while (!entered) std::this_thread::yield();
  std::raise(SIGTERM);
  let_go = true;
  client.join();
  running.join();
  CHECK(body == "POST / x");
}

#include "cli/http/server.h"

#include <array>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <csignal>
#include <exception>
#include <optional>
#include <set>
#include <thread>
#include <utility>
#include <vector>

namespace cli::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace wire = boost::beast::http;
using asio::ip::tcp;
using Failure = boost::system::error_code;

using Strand = asio::strand<asio::io_context::executor_type>;
constexpr std::chrono::milliseconds drain_time_max{1'000};

using WireAnswer = wire::response<wire::string_body>;

std::string url_of(const tcp::endpoint& endpoint) {
  const auto number = endpoint.address().to_string();
  return WebAddress{number, endpoint.port(), ""}.text();
}

// The answer to what could not be read as a request; nothing where there is nobody to answer.
std::optional<Answer> answer_to(const Failure& failure) {
  if (failure == wire::error::body_limit) return Answer{413, "the body is too long\n"};
  if (failure == wire::error::header_limit) return Answer{431, "the header is too long\n"};
  const bool gone =
      failure == wire::error::end_of_stream || failure == wire::error::partial_message;
  if (gone || failure.category() != make_error_code(wire::error::end_of_stream).category()) {
    return std::nullopt;
  }
  return Answer{400, "this is no HTTP request: " + failure.message() + "\n"};
}

}  // namespace

// The threads of `run` share the context. What is common to all connections is only touched
// on the strand of the listener, what belongs to a connection on its own.
class Server::State {
 public:
  State(Handler handler, ServerLimits limits)
      : limits_(limits),
        handler_(std::move(handler)),
        common_(asio::make_strand(context_)),
        acceptor_(common_),
        signals_(common_) {}

  ledger::Status open(const ListenAddress& address);

  const std::string& url() const { return url_; }

  void stop_on_signals();
  void run(unsigned threads);

  void stop() {
    asio::post(common_, [this] { close(); });
  }

 private:
  class Connection;

  void accept();
  void close();
  void leave(const std::shared_ptr<Connection>& connection);
  void serve();

  ServerLimits limits_;
  Handler handler_;
  std::string url_;
  asio::io_context context_;
  Strand common_;
  tcp::acceptor acceptor_;
  asio::signal_set signals_;
  std::set<std::shared_ptr<Connection>> connections_;
  bool accepting_ = false;
  bool stopping_ = false;
};

// One client: request, answer, and so on until either has had enough.
class Server::State::Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, State& server) : server_(server), stream_(std::move(socket)) {}

  void start() {
    asio::post(stream_.get_executor(), [self = shared_from_this()] { self->read(); });
  }

  void stop() {
    asio::post(stream_.get_executor(), [self = shared_from_this()] {
      self->stopping_ = true;
      if (self->reading_) self->stream_.cancel();
    });
  }

 private:
  void read() {
    if (stopping_) return end();
    parser_.emplace();
    parser_->header_limit(server_.limits_.header_bytes_max);
    parser_->body_limit(server_.limits_.body_bytes_max);
    stream_.expires_after(server_.limits_.time_max);
    reading_ = true;
    wire::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](const Failure& failure, std::size_t) {
                       self->reading_ = false;
                       self->answer(failure);
                     });
  }

  void answer(const Failure& failure) {
    if (failure) {
      const auto answer = answer_to(failure);
      if (!answer) return end();
      return write(*answer, false);
    }
    const auto& request = parser_->get();
    const bool again = request.keep_alive() && !stopping_;
    write(handled({std::string(request.method_string()), std::string(request.target()),
                   request.body()}),
          again);
  }

  Answer handled(const Request& request) {
    try {
      return server_.handler_(request);
    } catch (const std::exception& thrown) {
      return {500, std::string("stopped by ") + thrown.what() + "\n"};
    }
  }

  void write(const Answer& answer, bool again) {
    answer_.emplace(static_cast<wire::status>(answer.status), 11);
    answer_->set(wire::field::content_type, answer.content_type);
    answer_->body() = answer.body;
    answer_->keep_alive(again);
    answer_->prepare_payload();
    stream_.expires_after(server_.limits_.time_max);
    wire::async_write(stream_, *answer_,
                      [self = shared_from_this(), again](const Failure& failure, std::size_t) {
                        if (failure) return self->end();
                        if (again) return self->read();
                        self->drain();
                      });
  }

  // A connection that is closed with bytes unread loses the answer on its way: read on for a
  // moment, until the client has seen it.
  void drain() {
    Failure ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    stream_.expires_after(drain_time_max);
    drain_more();
  }

  void drain_more() {
    stream_.async_read_some(asio::buffer(drained_),
                            [self = shared_from_this()](const Failure& failure, std::size_t) {
                              if (failure || self->stopping_) return self->end();
                              self->drain_more();
                            });
  }

  void end() {
    stream_.close();
    asio::post(server_.common_, [self = shared_from_this()] { self->server_.leave(self); });
  }

  State& server_;
  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  std::optional<wire::request_parser<wire::string_body>> parser_;
  std::optional<WireAnswer> answer_;
  std::array<char, 4096> drained_{};
  bool reading_ = false;
  bool stopping_ = false;
};

ledger::Status Server::State::open(const ListenAddress& address) {
  Failure failure;
  const auto number = asio::ip::make_address(address.number, failure);
  if (failure) {
    return ledger::Error{
        ledger::ErrorCode::invalid,
        ledger::worded("got the host {}, wanted its number, such as 127.0.0.1 or ::1",
                       "得到主机 {}，应为其数字地址，例如 127.0.0.1 或 ::1", address.number)};
  }
  const tcp::endpoint endpoint(number, address.port);
  acceptor_.open(endpoint.protocol(), failure);
  if (!failure) acceptor_.set_option(tcp::acceptor::reuse_address(true), failure);
  if (!failure) acceptor_.bind(endpoint, failure);
  if (!failure) acceptor_.listen(tcp::acceptor::max_listen_connections, failure);
  if (failure) {
    return ledger::Error{ledger::ErrorCode::unavailable,
                         ledger::worded("cannot listen on {}: {}; choose another port, or 0 for "
                                        "any that is free",
                                        "无法在 {} 监听：{}；请换一个端口，或用 0 选任一空闲端口",
                                        url_of(endpoint), failure.message())};
  }
  url_ = url_of(acceptor_.local_endpoint());
  return ledger::Ok{};
}

void Server::State::stop_on_signals() {
  signals_.add(SIGINT);
  signals_.add(SIGTERM);
  signals_.async_wait([this](const Failure& cancelled, int) {
    if (!cancelled) close();
  });
}

void Server::State::run(unsigned threads) {
  asio::post(common_, [this] { accept(); });
  std::vector<std::thread> others;
  for (unsigned thread = 1; thread < threads; ++thread) others.emplace_back([this] { serve(); });
  serve();
  for (auto& other : others) other.join();
}

// What a connection throws, want of memory say, ends no other.
void Server::State::serve() {
  while (true) {
    try {
      context_.run();
      return;
    } catch (const std::exception&) {
      continue;
    }
  }
}

void Server::State::accept() {
  accepting_ = !stopping_ && connections_.size() < limits_.connections_max;
  if (!accepting_) return;
  acceptor_.async_accept(
      asio::make_strand(context_),
      asio::bind_executor(common_, [this](const Failure& failure, tcp::socket socket) {
        if (!failure && !stopping_) {
          auto connection = std::make_shared<Connection>(std::move(socket), *this);
          connections_.insert(connection);
          connection->start();
        }
        accept();
      }));
}

void Server::State::leave(const std::shared_ptr<Connection>& connection) {
  connections_.erase(connection);
  if (!accepting_) accept();
}

void Server::State::close() {
  stopping_ = true;
  Failure ignored;
  acceptor_.close(ignored);
  signals_.cancel(ignored);
  for (const auto& connection : connections_) connection->stop();
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {
}

Server::~Server() = default;

ledger::Result<std::unique_ptr<Server>> Server::listen(const ListenAddress& address,
                                                       Handler handler, ServerLimits limits) {
  auto state = std::make_unique<State>(std::move(handler), limits);
  TRY(state->open(address));
  return std::unique_ptr<Server>(new Server(std::move(state)));
}

std::string Server::url() const {
  return state_->url();
}

void Server::stop_on_signals() {
  state_->stop_on_signals();
}

void Server::run(unsigned threads) {
  state_->run(threads);
}

void Server::stop() {
  state_->stop();
}

}  // namespace cli::http

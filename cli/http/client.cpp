#include "cli/http/client.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <string>

namespace cli::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace wire = boost::beast::http;
using asio::ip::tcp;
using Failure = boost::system::error_code;

// One exchange, step by step: whatever fails first is what became of it. Used once.
class Exchange {
 public:
  Exchange(const WebAddress& address, const Request& request, const ClientLimits& limits)
      : address_(address), resolver_(context_), stream_(context_) {
    message_.method_string(request.method);
    message_.target(address.prefix + request.target);
    message_.version(11);
    message_.set(wire::field::host, address.host + ":" + std::to_string(address.port));
    message_.set(wire::field::user_agent, "tally");
    message_.set(wire::field::connection, "close");
    message_.body() = request.body;
    if (!request.body.empty()) message_.set(wire::field::content_type, "text/plain; charset=utf-8");
    message_.prepare_payload();
    parser_.body_limit(limits.answer_bytes_max);
    stream_.expires_after(limits.time_max);
  }

  ledger::Result<Answer> run() {
    resolver_.async_resolve(address_.host, std::to_string(address_.port),
                            [this](const Failure& failure, const tcp::resolver::results_type& at) {
                              if (go_on(failure, {"find", "解析"})) connect(at);
                            });
    context_.run();
    if (failure_) {
      return ledger::Error{
          ledger::ErrorCode::unavailable,
          ledger::worded("cannot {} {}: {}", "{1}：无法{0}：{2}", ledger::Message(step_),
                         address_.text(), failure_.message())};
    }
    const auto& answer = parser_.get();
    return Answer{answer.result_int(), answer.body(),
                  std::string(answer[wire::field::content_type])};
  }

 private:
  bool go_on(const Failure& failure, ledger::Wording step) {
    failure_ = failure;
    step_ = step;
    return !failure;
  }

  void connect(const tcp::resolver::results_type& at) {
    stream_.async_connect(at, [this](const Failure& failure, const tcp::endpoint&) {
      if (go_on(failure, {"reach", "连接"})) write();
    });
  }

  void write() {
    wire::async_write(stream_, message_, [this](const Failure& failure, std::size_t) {
      if (go_on(failure, {"send to", "发送"})) read();
    });
  }

  void read() {
    wire::async_read(stream_, buffer_, parser_, [this](const Failure& failure, std::size_t) {
      go_on(failure, {"hear from", "收到应答"});
    });
  }

  const WebAddress& address_;
  asio::io_context context_;
  tcp::resolver resolver_;
  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  wire::request<wire::string_body> message_;
  wire::response_parser<wire::string_body> parser_;
  Failure failure_;
  ledger::Wording step_;
};

}  // namespace

ledger::Result<Answer> send(const WebAddress& address, const Request& request,
                            const ClientLimits& limits) {
  return Exchange(address, request, limits).run();
}

}  // namespace cli::http

#include "cli/http/address.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "ledger/proof/text.h"

namespace cli::http {
namespace {

using ledger::Error;
using ledger::ErrorCode;
using ledger::proof::quoted;

constexpr std::uint16_t http_port = 80;

struct HostPort {
  std::string host;
  std::optional<std::uint16_t> port;
};

std::optional<std::uint16_t> parse_port(std::string_view digits) {
  std::uint16_t port = 0;
  const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (code != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return port;
}

// `host`, `host:port`, `[number]`, `[number]:port`.
std::optional<HostPort> parse_host_port(std::string_view text) {
  HostPort parsed;
  std::string_view rest;
  if (text.starts_with('[')) {
    const auto close = text.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    parsed.host = text.substr(1, close - 1);
    rest = text.substr(close + 1);
  } else {
    const auto colon = std::min(text.find(':'), text.size());
    parsed.host = text.substr(0, colon);
    rest = text.substr(colon);
  }
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_' || c == ':';
  };
  if (parsed.host.empty() || !std::all_of(parsed.host.begin(), parsed.host.end(), fits)) {
    return std::nullopt;
  }
  if (rest.empty()) return parsed;
  if (rest.front() != ':') return std::nullopt;
  parsed.port = parse_port(rest.substr(1));
  if (!parsed.port) return std::nullopt;
  return parsed;
}

// Visible ASCII without what would start a query or a fragment.
bool is_path(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c > ' ' && c < 0x7F && c != '?' && c != '#'; });
}

}  // namespace

std::string WebAddress::text() const {
  const bool bracketed = host.find(':') != std::string::npos;
  auto text = "http://" + (bracketed ? "[" + host + "]" : host);
  if (port != http_port) text += ":" + std::to_string(port);
  return text + prefix;
}

ledger::Result<WebAddress> parse_web_address(std::string_view url) {
  constexpr std::string_view scheme = "http://";
  if (url.starts_with("https://")) {
    return Error{
        ErrorCode::invalid,
        ledger::worded("got {}, wanted an http:// address: this program speaks no TLS. Let a proxy "
                       "on this machine do it, and name the proxy: http://127.0.0.1:PORT",
                       "得到 {}，应为 http:// 地址：本程序不支持 TLS。请由本机的代理处理，"
                       "并给出该代理：http://127.0.0.1:端口",
                       quoted(url))};
  }
  const auto wrong = [&] {
    return Error{ErrorCode::invalid,
                 ledger::worded("got {}, wanted an address such as http://127.0.0.1:7350",
                                "得到 {}，应为 形如 http://127.0.0.1:7350 的地址", quoted(url))};
  };
  if (!url.starts_with(scheme)) return wrong();
  const auto rest = url.substr(scheme.size());
  const auto slash = std::min(rest.find('/'), rest.size());
  auto host = parse_host_port(rest.substr(0, slash));
  auto prefix = rest.substr(slash);
  while (prefix.ends_with('/')) prefix.remove_suffix(1);
  if (!host || host->port == 0 || !is_path(prefix)) return wrong();
  return WebAddress{std::move(host->host), host->port.value_or(http_port), std::string(prefix)};
}

ledger::Result<ListenAddress> parse_listen_address(std::string_view text) {
  auto host = parse_host_port(text);
  if (!host || !host->port) {
    return Error{ErrorCode::invalid,
                 ledger::worded("got {}, wanted the number of a host and a port, such as "
                                "127.0.0.1:7350 or [::1]:7350 (port 0: any free one)",
                                "得到 {}，应为主机的数字地址与端口，例如 127.0.0.1:7350 或 "
                                "[::1]:7350（端口 0：任一空闲端口）",
                                quoted(text))};
  }
  return ListenAddress{std::move(host->host), *host->port};
}

}  // namespace cli::http

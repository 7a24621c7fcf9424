// Addresses as people write them. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/base/error.h"

namespace cli::http {

// Where a service is found: `http://host[:port][/prefix]`.
struct WebAddress {
  std::string host;  // a name or number; an IPv6 number without its brackets
  std::uint16_t port = 0;
  std::string prefix;  // of every path; empty, or a slash first and none last

  std::string text() const;
};

// Fails with `invalid`, saying what to do about https, which we do not speak.
ledger::Result<WebAddress> parse_web_address(std::string_view url);

// Where a service waits: `127.0.0.1:8080`, `[::1]:0`. Port 0 is any that is free.
struct ListenAddress {
  std::string number;  // of the host, not a name
  std::uint16_t port = 0;
};

// Checks the spelling; whether the number is one, the system says. Fails with `invalid`.
ledger::Result<ListenAddress> parse_listen_address(std::string_view text);

}  // namespace cli::http

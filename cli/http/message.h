// What goes over HTTP, as far as our own protocols need it.
#pragma once

#include <string>

namespace cli::http {

struct Request {
  std::string method;  // "GET", "POST"
  std::string target;  // the path, as it stands in the request
  std::string body = {};
};

struct Answer {
  unsigned status;
  std::string body;
  std::string content_type = "text/plain; charset=utf-8";
};

}  // namespace cli::http

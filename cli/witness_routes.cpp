#include "cli/witness_routes.h"

#include <string_view>
#include <utility>

namespace cli {
namespace {

// Takes the last segment off a path; empty when there is none.
std::string_view take_last(std::string_view& path) {
  const auto slash = path.rfind('/');
  if (slash == std::string_view::npos) return {};
  const auto last = path.substr(slash + 1);
  path = path.substr(0, slash);
  return last;
}

http::Answer to_http(ledger::WitnessReply reply) {
  return {reply.status, std::move(reply.body), std::move(reply.content_type)};
}

}  // namespace

http::Answer answer(const http::Request& request, ledger::Witness& witness, std::uint64_t seconds) {
  std::string_view path = request.target;
  const auto last = take_last(path);
  if (last == "add-checkpoint") {
    if (request.method != "POST") return {405, "wanted POST\n"};
    return to_http(witness.add_checkpoint(request.body, seconds));
  }
  if (last == "checkpoint") {
    if (request.method != "GET") return {405, "wanted GET\n"};
    return to_http(witness.checkpoint(take_last(path)));
  }
  return {404,
          "wanted POST …/add-checkpoint or GET …/<SHA-256 of the origin, in hex>/checkpoint\n"};
}

}  // namespace cli

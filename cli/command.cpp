#include "cli/command.h"

#include <charconv>

namespace cli {
namespace {

constexpr std::uint64_t threads_max = 256;  // beyond any machine that it runs on

}  // namespace

Option threads_option() {
  return {.name = "--threads",
          .value = "N",
          .kind = ValueKind::positive,
          .help = {"How many threads, 1 to 256 (2)", "线程数，1 到 256（默认 2）"},
          .at_most = threads_max};
}

std::optional<std::string> Arguments::text(std::string_view name) const {
  const auto found = values_.find(name);
  if (found == values_.end() || found->second.empty()) return std::nullopt;
  return found->second.front();
}

std::vector<std::string> Arguments::all(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::vector<std::string>{} : found->second;
}

std::optional<std::uint64_t> Arguments::number(std::string_view name) const {
  const auto given = text(name);
  if (!given) return std::nullopt;
  std::uint64_t number = 0;
  const auto [end, code] = std::from_chars(given->data(), given->data() + given->size(), number);
  if (code != std::errc{} || end != given->data() + given->size()) return std::nullopt;
  return number;
}

std::optional<ledger::Date> Arguments::date(std::string_view name) const {
  const auto given = text(name);
  return given ? ledger::parse_date(*given) : std::nullopt;
}

void Arguments::set(std::string_view name, std::vector<std::string> values) {
  values_.insert_or_assign(std::string(name), std::move(values));
}

}  // namespace cli

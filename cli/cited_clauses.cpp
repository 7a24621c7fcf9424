#include "cli/cited_clauses.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <vector>

#include "cli/printable.h"

namespace cli {
namespace {

namespace json = boost::json;

using Clauses = std::vector<std::string>;

void cite(const json::object& holder, Clauses& cited) {
  const auto* const clause = holder.if_contains("clause");
  if (clause == nullptr || clause->as_string().empty()) return;
  std::string name(clause->as_string());
  if (std::find(cited.begin(), cited.end(), name) == cited.end()) cited.push_back(std::move(name));
}

void cite_all(const json::object& node, Clauses& cited) {
  cite(node, cited);
  if (const auto* const unmet = node.if_contains("unmet")) {
    for (const auto& condition : unmet->as_array()) cite(condition.as_object(), cited);
  }
  for (const auto& child : node.at("children").as_array()) cite_all(child.as_object(), cited);
}

}  // namespace

std::string cited_clauses(std::string_view json, const projections::policy::Pack& pack,
                          Language language) {
  const auto in = [&](const projections::policy::Wording& wording) {
    return printable(language == Language::chinese ? wording.zh : wording.en);
  };
  Clauses cited;
  cite_all(json::parse(json).as_object(), cited);
  std::string lines;
  for (const auto& clause : cited) {
    const auto* const wording = pack.clause(clause);
    if (wording != nullptr) lines += fmt::format("{:6} {}\n", clause, in(*wording));
  }
  if (lines.empty()) return {};
  const auto heading =
      language == Language::chinese
          ? fmt::format("{}（第 {} 版），条款大意：", in(pack.title), pack.version)
          : fmt::format("{}, version {}, in our words:", in(pack.title), pack.version);
  return fmt::format("\n{}\n{}", heading, lines);
}

}  // namespace cli

// The table "Clause by clause" of docs/POLICY.md must keep up with the source policies, the
// packs, the code and the tests.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "projections/policy/pack.h"
#include "tests/projections/policy/packs.h"
#include "tests/support/tests_dir.h"

namespace projections::policy {
namespace {

using Texts = std::vector<std::string>;

// Every clause of the four sources, as numbered there; headings without a number by a word.
const Texts source_clauses{
    "N1",        "N2",        "N3",       "N4.1",      "N4.2",      "N5.1",      "N5.2",
    "N5.3",      "N6.1",      "N6.2",     "N6.3",      "N6.4",      "N7.1",      "N7.2",
    "N7.3",      "N7.4",      "N7.5",     "N7.6",      "N7.7",      "N8.1",      "N8.2",
    "N8.3",      "N8.4",      "N9.1",     "N9.2",      "N9.3",      "N9.4",      "N10.1",
    "N10.2",     "N10.3",     "N10.4",    "N-annex",   "C1",        "C2.1",      "C2.2",
    "C2.3.1",    "C2.3.2",    "C2.3.3",   "C2.3.4",    "C2.3.5",    "C2.3.6",    "C-II 1.1",
    "C-II 2.1",  "C-II 2.2",  "C-II 2.3", "C-III 1.1", "C-III 2.1", "C-III 2.2", "C-III 2.3",
    "C-III 2.4", "C-III 2.5", "J-models", "J-entry",   "J1",        "J2.1",      "J2.2",
    "T-A",       "T-B",       "T-DEF",    "T-stages"};

struct Row {
  std::string clause, decided, held;
};

// The cells of a table's line, trimmed.
Texts cells(const std::string& line) {
  Texts result;
  for (std::size_t at = 1; at < line.size();) {
    const auto end = line.find('|', at);
    if (end == std::string::npos) break;
    auto cell = line.substr(at, end - at);
    cell.erase(0, cell.find_first_not_of(' '));
    cell.erase(cell.find_last_not_of(' ') + 1);
    result.push_back(cell);
    at = end + 1;
  }
  return result;
}

std::vector<Row> coverage() {
  std::istringstream page(test::read_file(::test::in_tests("../docs/POLICY.md")));
  std::vector<Row> rows;
  bool inside = false;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("## ")) inside = line.ends_with("Clause by clause");
    if (!inside || !line.starts_with("| ") || line.starts_with("| clause")) continue;
    const auto row = cells(line);
    INFO(line);
    REQUIRE(row.size() == 4);
    rows.push_back({row[0], row[2], row[3]});
  }
  return rows;
}

// What stands in backticks, split at the first colon.
std::vector<std::pair<std::string, std::string>> references(const std::string& cell) {
  std::vector<std::pair<std::string, std::string>> result;
  for (auto at = cell.find('`'); at != std::string::npos; at = cell.find('`', at)) {
    const auto end = cell.find('`', at + 1);
    const auto text = cell.substr(at + 1, end - at - 1);
    const auto colon = text.find(": ");
    INFO(text);
    REQUIRE(colon != std::string::npos);
    result.emplace_back(text.substr(0, colon), text.substr(colon + 2));
    at = end + 1;
  }
  return result;
}

bool has_rule(const Row& row) {
  return !row.decided.starts_with("recorded only: ") && !row.decided.starts_with("not checkable: ");
}

// The sources under `folder`, by stem: those of one stem together.
std::map<std::string, std::string> sources(const std::string& folder) {
  std::map<std::string, std::string> texts;
  const auto root = ::test::in_tests("../") + folder;
  for (const auto& file : std::filesystem::recursive_directory_iterator(root)) {
    const auto extension = file.path().extension();
    if (extension == ".cpp" || extension == ".h")
      texts[file.path().stem().string()] += test::read_file(file.path().string());
  }
  return texts;
}

bool is_word(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Whether the text names the function, declared, defined or called.
bool names_function(const std::string& text, const std::string& function) {
  const auto call = function + "(";
  for (auto at = text.find(call); at != std::string::npos; at = text.find(call, at + 1)) {
    if (at == 0 || !is_word(text[at - 1])) return true;
  }
  return false;
}

// Whether the text has a test whose title begins so; titles may stand on a line of their own.
bool has_test(const std::string& text, const std::string& beginning) {
  const std::string opening = "TEST_CASE(";
  for (auto at = text.find(opening); at != std::string::npos; at = text.find(opening, at + 1)) {
    const auto quote = text.find_first_not_of(" \n", at + opening.size());
    if (quote != std::string::npos &&
        text.compare(quote, beginning.size() + 1, '"' + beginning) == 0)
      return true;
  }
  return false;
}

// A clause as packs and code spell it: the letter of its policy, then a number or a word.
bool is_clause(const std::string& text) {
  if (text.size() < 2 || std::string("NCJT").find(text[0]) == std::string::npos) return false;
  const auto rest = text.substr(1);
  const bool number = rest.find_first_not_of("0123456789.") == std::string::npos;
  const bool word = rest[0] == '-' && rest.size() > 1 &&
                    std::all_of(rest.begin() + 1, rest.end(), [](char c) { return is_word(c); });
  return number || word;
}

std::set<std::string> cited_in_code() {
  std::set<std::string> clauses;
  for (const auto& [stem, text] : sources("projections")) {
    for (auto at = text.find('"'); at != std::string::npos; at = text.find('"', at + 1)) {
      const auto end = text.find('"', at + 1);
      if (end == std::string::npos) break;
      const auto literal = text.substr(at + 1, end - at - 1);
      if (is_clause(literal)) clauses.insert(literal);
    }
  }
  return clauses;
}

std::set<std::string> worded_in_packs() {
  std::set<std::string> clauses;
  for (const auto& file : std::filesystem::directory_iterator(::test::in_tests("../policies"))) {
    const auto pack = parse_pack(test::read_file(file.path().string()));
    CAPTURE(file.path().string());
    REQUIRE(pack);
    for (const auto& [clause, wording] : pack->clauses) clauses.insert(clause);
  }
  return clauses;
}

std::set<std::string> all_cited() {
  auto clauses = cited_in_code();
  clauses.merge(worded_in_packs());
  return clauses;
}

// `C2.3.1` and `C-II 1.1` are parts of `C2.3` and `C-II`.
bool is_part(const std::string& clause, const std::string& whole) {
  return clause == whole || clause.starts_with(whole + ".") || clause.starts_with(whole + " ");
}

}  // namespace

TEST_CASE("the coverage page has every clause of the sources and no other") {
  std::set<std::string> listed;
  for (const auto& row : coverage()) listed.insert(row.clause);
  CHECK(listed == std::set<std::string>(source_clauses.begin(), source_clauses.end()));
}

TEST_CASE("every function and test of the coverage page is in the tree") {
  const auto rules = sources("projections");
  const auto tests = sources("tests");
  const auto found = [](const std::map<std::string, std::string>& texts, const std::string& stem,
                        const auto& holds) {
    const auto at = texts.find(stem);
    return at != texts.end() && holds(at->second);
  };
  std::size_t rules_seen = 0;
  for (const auto& row : coverage()) {
    CAPTURE(row.clause, row.decided, row.held);
    if (!has_rule(row)) {
      CHECK(row.held.empty());
      continue;
    }
    CHECK_FALSE(references(row.decided).empty());
    CHECK_FALSE(references(row.held).empty());
    for (const auto& [stem, function] : references(row.decided)) {
      CAPTURE(stem, function);
      CHECK(found(rules, stem, [&, name = function](const std::string& text) {
        return names_function(text, name);
      }));
      ++rules_seen;
    }
    for (const auto& [stem, beginning] : references(row.held)) {
      CAPTURE(stem, beginning);
      CHECK(found(tests, stem, [&, title = beginning](const std::string& text) {
        return has_test(text, title);
      }));
    }
  }
  CHECK(rules_seen > 50);
}

TEST_CASE("every clause that a pack words or the code cites is on the coverage page") {
  const auto rows = coverage();
  const auto cited = all_cited();
  CHECK(cited.size() > 30);
  for (const auto& clause : cited) {
    CAPTURE(clause);
    CHECK(std::any_of(rows.begin(), rows.end(),
                      [&](const Row& row) { return is_part(row.clause, clause); }));
  }
}

TEST_CASE("every clause of the coverage page that has a rule is cited by code or a pack") {
  const auto cited = all_cited();
  for (const auto& row : coverage()) {
    if (!has_rule(row)) continue;
    CAPTURE(row.clause);
    CHECK(std::any_of(cited.begin(), cited.end(),
                      [&](const std::string& clause) { return is_part(row.clause, clause); }));
  }
}

TEST_CASE("every clause that the code cites of a fleet line is worded by every fleet pack") {
  const auto cited = cited_in_code();
  for (const auto* policy : {"nev-fleet-2017", "jlr-fleet", "faw-toyota-fleet"}) {
    const auto pack = parse_pack(test::shipped(policy));
    REQUIRE(pack);
    for (const auto& clause : cited) {
      CAPTURE(policy, clause);
      CHECK((clause[0] != 'N' || pack->clause(clause) != nullptr));
    }
  }
  const auto commercial = parse_pack(test::shipped("commercial-2018"));
  REQUIRE(commercial);
  for (const auto& clause : cited)
    CHECK((clause[0] != 'C' || commercial->clause(clause) != nullptr));
}

}  // namespace projections::policy

// Random histories: the engine against the naive evaluation, byte by byte, at whole logs
// and at cuts, with one thread and with several. TALLY_HISTORIES sets how many (default
// 400; the full run of .ci/run takes 10,000). A failure prints the seed and the history.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <map>

#include "projections/models.h"
#include "tests/naive/evaluate.h"
#include "tests/support/history_count.h"
#include "tests/support/memory_source.h"
#include "tests/support/printed_models.h"
#include "tests/support/random_history.h"

namespace projections {
namespace {

namespace json = boost::json;

using Printed = test::PrintedModels;
using test::print_all;

// How often each condition, cause and state was met: a rule that no history reaches is
// not tested.
class Coverage {
 public:
  void count(const Printed& printed) {
    for (const auto& row : printed.at("entitlements")) {
      const auto line = json::parse(row).as_object();
      for (const auto& unmet : line.at("unmet").as_array()) {
        ++met_["condition " + std::string(unmet.at("condition").as_string())];
      }
      if (line.contains("fallback")) ++met_["fallback"];
      if (line.at("payable_fen").as_int64() > 0) ++met_["payable"];
    }
    for (const auto& row : printed.at("clawbacks")) {
      const auto line = json::parse(row).as_object();
      for (const char* cause :
           {"direct_fen", "cascade_fen", "correction_fen", "ineligible_fen", "due_fen"}) {
        if (line.contains(cause) && line.at(cause).as_int64() > 0) ++met_[cause];
      }
      if (line.contains("out_of_range") && line.at("out_of_range").as_bool())
        ++met_["out_of_range"];
    }
    for (const auto& row : printed.at("filings")) {
      ++met_["filing " + std::string(json::parse(row).as_object().at("state").as_string())];
    }
    for (const auto& row : printed.at("obligations")) {
      const auto obligation = json::parse(row).as_object();
      ++met_["obligation " + std::string(obligation.at("state").as_string())];
    }
  }

  void require_all() const {
    std::vector<std::string> wanted = {"fallback",          "payable",
                                       "direct_fen",        "cascade_fen",
                                       "correction_fen",    "ineligible_fen",
                                       "due_fen",           "out_of_range",
                                       "filing submitted",  "filing region_approved",
                                       "filing confirmed",  "filing rejected",
                                       "filing released",   "filing reassigned",
                                       "filing expired",    "obligation met",
                                       "obligation late",   "obligation open",
                                       "obligation overdue"};
    for (std::size_t condition = 0;
         condition <= static_cast<std::size_t>(Condition::double_support); ++condition) {
      wanted.push_back("condition " + std::string(name_of(static_cast<Condition>(condition))));
    }
    for (const auto& what : wanted) {
      CAPTURE(what);
      CHECK(met_.count(what) == 1);
    }
    std::string table;
    for (const auto& [what, times] : met_) table += what + ": " + std::to_string(times) + "\n";
    WARN("met by the random histories:\n" << table);
  }

 private:
  std::map<std::string, std::uint64_t> met_;
};

}  // namespace

TEST_CASE("the engine agrees with the naive evaluation on random histories", "[property]") {
  Coverage coverage;
  for (unsigned long seed = 0; seed < test::history_count(400); ++seed) {
    CAPTURE(seed);
    const auto lines = test::random_history(seed, 60 + static_cast<int>(seed % 60));
    std::vector<json::object> events;
    events.reserve(lines.size());
    for (const auto& line : lines) events.push_back(json::parse(line).as_object());
    const test::MemorySource source(lines);

    const auto whole = print_all(source, Cut{}, 1 + seed % 2);
    test::check_same_models(whole, naive::by_name(naive::evaluate(events, naive::Cut{})), lines);
    coverage.count(whole);

    // One cut of each sort a history, at a place that the seed picks.
    const auto known_at = seed * 7919 % (lines.size() + 1);
    const auto cut_day = ledger::business_date(
        ledger::parse_timestamp(
            std::string_view(events[seed * 104'729 % events.size()].at("time").as_string()))
            ->ns);
    test::check_same_models(print_all(source.first(known_at), Cut{known_at, {}}, 1),
                            naive::by_name(naive::evaluate(events, naive::Cut{known_at, {}})),
                            lines);
    test::check_same_models(print_all(source, Cut{{}, cut_day}, 1),
                            naive::by_name(naive::evaluate(events, naive::Cut{{}, cut_day})),
                            lines);
  }
  coverage.require_all();
}

TEST_CASE("results are the same bytes for 1, 2 and 8 threads", "[threads]") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    CAPTURE(seed);
    const auto lines = test::random_history(seed, 120);
    const test::MemorySource source(lines);
    const auto one = print_all(source, Cut{}, 1);
    CHECK(print_all(source, Cut{}, 2) == one);
    CHECK(print_all(source, Cut{}, 8) == one);
  }
}

TEST_CASE("the answer at a size is that of a log that holds no more", "[property]") {
  for (std::uint64_t seed = 100; seed < 110; ++seed) {
    CAPTURE(seed);
    const auto lines = test::random_history(seed, 60);
    const test::MemorySource source(lines);
    for (std::size_t size = 0; size <= lines.size(); size += 7) {
      const test::MemorySource shorter(
          {lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(size)});
      CHECK(print_all(source.first(size), Cut{size, {}}, 1) == print_all(shorter, Cut{}, 1));
    }
  }
}

}  // namespace projections

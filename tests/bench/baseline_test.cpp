#include "bench/baseline.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <vector>

#include "bench/callgrind.h"
#include "bench/contests.h"
#include "bench/inner_loops.h"
#include "bench/scratch.h"

namespace bench {
namespace {

const Baseline example{1'000, {{"append_1", 0.9}, {"prove", 1.25}}, {{"replay", 4'321}}};

std::vector<std::string> names(const Figures& figures) {
  std::vector<std::string> result;
  for (const auto& figure : figures) result.push_back(figure.first);
  return result;
}

template <class Names>
std::vector<std::string> sorted(const Names& names) {
  std::vector<std::string> result(names.begin(), names.end());
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace

TEST_CASE("a baseline is read as it was written") {
  const auto scratch = Scratch::in(std::filesystem::temp_directory_path());
  REQUIRE(scratch);
  const auto file = scratch->path() / "baseline.json";
  REQUIRE(example.write(file));
  const auto read = Baseline::read(file);
  REQUIRE(read);
  CHECK(read->events == example.events);
  CHECK(read->ratios == example.ratios);
  CHECK(read->instructions_per_event == example.instructions_per_event);
}

TEST_CASE("a file that is no baseline is refused, and one that is not there is told apart") {
  const auto scratch = Scratch::in(std::filesystem::temp_directory_path());
  REQUIRE(scratch);
  const auto file = scratch->path() / "baseline.json";
  const auto missing = Baseline::read_if_there(file);
  REQUIRE(missing);
  CHECK_FALSE(missing->has_value());
  CHECK(Baseline::read(file).error().code == ledger::ErrorCode::not_found);
  const std::string text =
      GENERATE("", "[]", R"({"events": 1})",
               R"({"events": 1, "ratios": {"prove": "1"}, "instructions_per_event": {}})");
  CAPTURE(text);
  std::ofstream(file) << text;
  CHECK(Baseline::read(file).error().code == ledger::ErrorCode::invalid);
  CHECK(Baseline::read_if_there(file).error().code == ledger::ErrorCode::invalid);
}

TEST_CASE("a work must keep 70 % of its ratio, and a loop stay within 10 % of its count") {
  CHECK(ratio_wanted(example, "append_1") == Approx(0.63));
  CHECK_FALSE(ratio_wanted(example, "append_2"));
  const auto wanted = instructions_wanted(example, "replay");
  REQUIRE(wanted);
  CHECK(wanted->lowest == Approx(3'888.9));
  CHECK(wanted->highest == Approx(4'753.1));
  CHECK_FALSE(instructions_wanted(example, "append_1"));
}

TEST_CASE("the baseline of the sources knows every work and every loop, and no other") {
  const auto baseline = Baseline::read(BASELINE_FILE);
  REQUIRE(baseline);
  CHECK(names(baseline->ratios) == sorted(work_names));
  auto loops = names(baseline->instructions_per_event);
  const auto is_part = [](const auto& name) { return name.ends_with("_libraries"); };
  loops.erase(std::remove_if(loops.begin(), loops.end(), is_part), loops.end());
  CHECK(loops == sorted(loop_names));
}

TEST_CASE("a profile is summed without calls, which have lines of their own") {
  constexpr auto profile = R"(version: 1
positions: line
events: Ir

ob=/usr/lib/libcrypto.so.3
fl=sha.c
fn=hash
16 1000

ob=/build/count_instructions
fl=loop.cpp
fn=loop()
1 20
cob=/usr/lib/libcrypto.so.3
cfi=sha.c
cfn=hash
calls=3 16
2 1000
0 300
totals: 1320
)";
  const auto sum = sum_of_profile(profile);
  CHECK(sum.program == 320);
  CHECK(sum.libraries == 1'000);
  CHECK(sum_of_profile("").program == 0);
}

}  // namespace bench

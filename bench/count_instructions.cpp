// Counts what the inner loops execute for each event, and holds that against a baseline.
//
//   count_instructions [--against FILE | --record FILE]
//   count_instructions --loop NAME FOLDER    what it runs itself, under valgrind
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "bench/baseline.h"
#include "bench/callgrind.h"
#include "bench/inner_loops.h"
#include "bench/scratch.h"

namespace bench {
namespace {

// Enough that opening packs and the like is no great part of it; under valgrind some minutes
// would pass with ten times as many.
constexpr std::uint64_t events = 20'000;

ledger::Result<Figures> count_all() {
  const auto scratch = TRY(Scratch::in(std::filesystem::temp_directory_path()));
  TRY(prepare_loops(scratch.path(), events));
  const auto program = std::filesystem::read_symlink("/proc/self/exe").string();
  Figures counts;
  for (const auto loop : loop_names) {
    const auto count = TRY(instructions_of(
        {program, "--loop", std::string(loop), scratch.path().string()}, scratch.path()));
    counts.emplace(loop, static_cast<double>(count.program) / events);
    // Apart, or they would hide what is ours; but not left out, or nobody would see an event
    // that is hashed twice.
    if (count.libraries == 0) continue;
    counts.emplace(std::string(loop) + "_libraries", static_cast<double>(count.libraries) / events);
  }
  return counts;
}

// Prints a line for each loop; false if one of them has more instructions than it may.
bool hold_against(const Baseline& baseline, const Figures& counts) {
  bool good = true;
  fmt::print("{:<18}{:>20}{:>10}\n", "loop", "instructions/event", "baseline");
  for (const auto& [loop, count] : counts) {
    const auto before = baseline.instructions_per_event.find(loop);
    const auto wanted = instructions_wanted(baseline, loop);
    fmt::print("{:<18}{:>20.0f}{:>10}\n", loop, count,
               wanted ? fmt::format("{:.0f}", before->second) : "none");
    if (!wanted || count > wanted->highest) good = false;
  }
  std::fflush(stdout);
  for (const auto& [loop, count] : counts) {
    const auto wanted = instructions_wanted(baseline, loop);
    if (!wanted) {
      fmt::print(stderr, "error: {}: the baseline has no such loop; record it\n", loop);
    } else if (count > wanted->highest) {
      fmt::print(stderr,
                 "error: {}: got {:.0f} instructions an event, wanted at most {:.0f}; find out "
                 "what they are for, or record the new count and say why in the commit\n",
                 loop, count, wanted->highest);
    } else if (count < wanted->lowest) {
      fmt::print(stderr, "{}: well below the baseline; record it, lest it be lost unseen\n", loop);
    }
  }
  return good;
}

ledger::Result<int> run(const std::vector<std::string>& words) {
  if (words.size() == 3 && words[0] == "--loop") {
    TRY(run_loop(words[1], words[2]));
    return 0;
  }
  const bool against = words.size() == 2 && words[0] == "--against";
  const bool record = words.size() == 2 && words[0] == "--record";
  if (!words.empty() && !against && !record) {
    fmt::print(stderr, "usage: count_instructions [--against FILE | --record FILE]\n");
    return 2;
  }
  Baseline baseline;
  if (against) baseline = TRY(Baseline::read(words[1]));
  if (record) baseline = TRY(Baseline::read_if_there(words[1])).value_or(Baseline{});
  const auto counts = TRY(count_all());
  if (against) return hold_against(baseline, counts) ? 0 : 1;
  for (const auto& [loop, count] : counts) fmt::print("{:<18}{:>20.0f}\n", loop, count);
  if (!record) return 0;
  baseline.instructions_per_event = counts;
  TRY(baseline.write(words[1]));
  return 0;
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
  try {
    const auto status = bench::run({argv + 1, argv + argc});
    if (status) return *status;
    fmt::print(stderr, "error: {}\n", status.error().message.en);
  } catch (const std::exception& error) {
    std::fputs(error.what(), stderr);
  }
  return 5;
}

#include "cli/bench_baseline.h"

#include <fmt/format.h>

namespace cli {
namespace {

constexpr int measured_again_max = 3;

bool is_good(const bench::Baseline& baseline, const bench::Score& score) {
  const auto wanted = bench::ratio_wanted(baseline, score.work);
  return wanted && score.ratio() >= *wanted;
}

// What is wrong with a score that is not good.
std::string flaw_of(const bench::Baseline& baseline, const bench::Score& score,
                    const Console& console) {
  const auto wanted = bench::ratio_wanted(baseline, score.work);
  if (!wanted) {
    return console.text("{}: the baseline has no such work; add it with `tally bench --record`",
                        "{}：基准中没有此项；请用 `tally bench --record` 补录", score.work);
  }
  return console.text(
      "{}: got {:.2f} of its ceiling, wanted at least {:.2f}, {:.0f} % of the {:.2f} of the "
      "baseline",
      "{}：得到上限的 {:.2f}，至少应为 {:.2f}，即基准的 {:.0f} %（基准为 {:.2f}）", score.work,
      score.ratio(), *wanted, bench::ratio_kept * 100, *wanted / bench::ratio_kept);
}

}  // namespace

ledger::Result<Exit> hold_against(const bench::Baseline& baseline,
                                  const std::vector<bench::Score>& scores, bench::Options options,
                                  Console& console) {
  auto exit = Exit::done;
  std::vector<bench::Score> poor;
  for (const auto& score : scores) {
    if (is_good(baseline, score)) continue;
    if (bench::ratio_wanted(baseline, score.work)) {
      poor.push_back(score);
    } else {
      console.error(flaw_of(baseline, score, console));
      exit = Exit::check_failed;
    }
  }
  for (int left = measured_again_max; left > 0 && !poor.empty(); --left) {
    options.works.clear();
    for (const auto& score : poor) {
      console.note("{}; measured again", "{}；再次测量", flaw_of(baseline, score, console));
      options.works.push_back(score.work);
    }
    poor.clear();
    TRY(bench::run_contests(options, [&](const bench::Score& score) {
      if (is_good(baseline, score)) {
        console.note("{}: {:.2f} this time", "{}：这次为 {:.2f}", score.work, score.ratio());
      } else {
        poor.push_back(score);
      }
    }));
  }
  for (const auto& score : poor) {
    console.error(flaw_of(baseline, score, console));
    exit = Exit::check_failed;
  }
  return exit;
}

ledger::Status record_ratios(const std::string& file, const std::vector<bench::Score>& scores,
                             const bench::Options& options) {
  auto baseline = TRY(bench::Baseline::read_if_there(file)).value_or(bench::Baseline{});
  if (options.works.empty()) baseline.ratios.clear();
  if (!baseline.ratios.empty() && baseline.events != options.events) {
    return ledger::Error{
        ledger::ErrorCode::invalid,
        ledger::worded(
            "--record: {} holds ratios of {} events, and these are of {}; measure as "
            "many, or every work at once",
            "--record：{} 中的比率测自 {} 个事件，而本次为 {} 个；请按同样数量测量，或一次测量全部",
            file, baseline.events, options.events)};
  }
  baseline.events = options.events;
  for (const auto& score : scores) baseline.ratios[score.work] = score.ratio();
  return baseline.write(file);
}

}  // namespace cli

#include "cli/bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "bench/baseline.h"
#include "bench/contests.h"
#include "cli/bench_baseline.h"
#include "cli/json_line.h"
#include "cli/table.h"

namespace cli {
namespace {

constexpr std::uint64_t events_by_default = 1'000'000;
constexpr std::uint64_t rounds_by_default = 5;

std::string json_of(const bench::Score& score) {
  return json_line([&](auto& object) {
    object.text("work", score.work)
        .number("events_per_second", std::llround(score.ours.median))
        .number("ceiling_events_per_second", std::llround(score.ceiling.median))
        .raw("ratio", fmt::format("{:.3f}", score.ratio()))
        .raw("bytes_per_event", fmt::format("{:.1f}", score.bytes_per_event))
        .number("peak_rss_bytes", static_cast<std::int64_t>(score.peak_rss_bytes));
    if (!score.latency) return;
    object.raw("p50_us", fmt::format("{:.1f}", score.latency->p50_us))
        .raw("p99_us", fmt::format("{:.1f}", score.latency->p99_us));
  });
}

// `1,234,567`
std::string grouped(double rate) {
  auto digits = std::to_string(std::llround(rate));
  for (auto at = digits.size(); at > 3; digits.insert(at, ",")) at -= 3;
  return digits;
}

// Events a second: least, middle and greatest.
std::string spread_text(const bench::Spread& spread) {
  return grouped(spread.lowest) + " – " + grouped(spread.median) + " – " + grouped(spread.highest);
}

// Of single pieces of work, where they were timed.
std::string latency_text(const bench::Score& score) {
  if (!score.latency) return {};
  return fmt::format("{:.0f} – {:.0f}", score.latency->p50_us, score.latency->p99_us);
}

Table table_for(const Console& console) {
  using enum Table::Align;
  Table table;
  table.add_column(console.text("work", "项目"), left);
  table.add_column(console.text("events/s", "事件/秒"), right);
  table.add_column(console.text("ceiling", "上限"), right);
  table.add_column(console.text("ratio", "比值"), right);
  table.add_column(console.text("bytes/event", "字节/事件"), right);
  table.add_column(console.text("peak MiB", "峰值 MiB"), right);
  table.add_column(console.text("p50 – p99 µs", "p50 – p99 微秒"), right);
  return table;
}

// What the arguments ask for; an Exit when they make no sense, which is told.
std::variant<bench::Options, Exit> options_of(const Arguments& arguments,
                                              const std::optional<bench::Baseline>& baseline,
                                              Console& console) {
  bench::Options options;
  options.events =
      arguments.number("--events")
          .value_or(baseline && baseline->events > 0 ? baseline->events : events_by_default);
  options.rounds = static_cast<int>(arguments.number("--rounds").value_or(rounds_by_default));
  options.folder = arguments.text("--folder").value_or(".");
  options.works = arguments.all("--work");
  for (const auto& work : options.works) {
    const auto& names = bench::work_names;
    if (std::find(names.begin(), names.end(), work) != names.end()) continue;
    console.error(console.text("--work: got {:?}, wanted one of {}.",
                               "--work：得到 {:?}，应为 {} 之一。", work, fmt::join(names, ", ")));
    return Exit::usage;
  }
  if (!arguments.has("--against")) return options;
  if (arguments.has("--record")) {
    console.error(console.text("--against and --record: wanted one of them.",
                               "--against 与 --record：只能给出其一。"));
    return Exit::usage;
  }
  if (options.events == baseline->events) return options;
  console.error(console.text("--events: got {}, wanted the {} of the baseline, or none.",
                             "--events：得到 {}，应与基准的 {} 相同，或不给出。", options.events,
                             baseline->events));
  return Exit::usage;
}

// The baseline that the arguments name, to be held against or to be renewed.
ledger::Result<std::optional<bench::Baseline>> baseline_of(const Arguments& arguments) {
  if (const auto file = arguments.text("--against")) {
    return std::optional(TRY(bench::Baseline::read(*file)));
  }
  if (const auto file = arguments.text("--record")) return bench::Baseline::read_if_there(*file);
  return std::optional<bench::Baseline>();
}

ledger::Result<Exit> run_bench(const Arguments& arguments, Console& console) {
  const auto baseline = TRY(baseline_of(arguments));
  const auto asked = options_of(arguments, baseline, console);
  if (const auto* exit = std::get_if<Exit>(&asked)) return *exit;
  const auto& options = std::get<bench::Options>(asked);
  auto table = table_for(console);
  std::vector<bench::Score> scores;
  TRY(bench::run_contests(options, [&](const bench::Score& score) {
    scores.push_back(score);
    if (arguments.json) {
      console.write(json_of(score));
      return;
    }
    table.add_row({score.work, spread_text(score.ours), spread_text(score.ceiling),
                   fmt::format("{:.2f}", score.ratio()),
                   fmt::format("{:.0f}", score.bytes_per_event),
                   fmt::format("{}", score.peak_rss_bytes >> 20), latency_text(score)});
    console.note("{}: {} events/s", "{}：每秒 {} 个事件", score.work, grouped(score.ours.median));
  }));
  if (!arguments.json) {
    console.write(table.print());
    console.say("Lowest – median – highest of {} rounds; the ratio is that of the medians.",
                "{} 轮中的最低 – 中位 – 最高；比值取自中位数。", options.rounds);
  }
  if (const auto file = arguments.text("--record")) TRY(record_ratios(*file, scores, options));
  if (!arguments.has("--against")) return Exit::done;
  return hold_against(*baseline, scores, options, console);
}

}  // namespace

Command bench_command() {
  return {
      .name = "bench",
      .summary = {"Measure this machine against its own ceiling", "测量本机性能并与本机上限对比"},
      .details =
          {"Appends a generated history, verifies it, replays it, makes and checks proofs about "
           "it, "
           "and beside each does the least that could leave the same records or read the same "
           "bytes. Works in a temporary folder, which should be on the disk that matters.",
           "追加、核验、重放一段生成的历史并就其制作与核对证明，并在同一轮中测量写入相同记录、读取"
           "相同字节的最低开销。"
           "在临时目录中进行，请选在要考察的磁盘上。"},
      .example = {"tally bench --events 100000"},
      .options = {{"--events",
                   "N",
                   ValueKind::positive,
                   {"Length of the history (default 1000000)", "历史长度（默认 1000000）"}},
                  {"--rounds",
                   "N",
                   ValueKind::positive,
                   {"How often each is measured (default 5)", "每项测量次数（默认 5）"}},
                  {"--folder",
                   "DIR",
                   ValueKind::text,
                   {"Where to make the temporary folder (default here)",
                    "临时目录的位置（默认当前目录）"}},
                  {.name = "--work",
                   .value = "NAME",
                   .kind = ValueKind::text,
                   .help = {"Measure only this work, such as prove (repeatable)",
                            "仅测量此项，如 prove（可重复）"},
                   .repeated = true},
                  {"--against",
                   "FILE",
                   ValueKind::text,
                   {"Exit with 1 where a ratio is below 70 % of the one in this baseline",
                    "比值低于此基准文件所载的 70 % 时以 1 退出"}},
                  {"--record",
                   "FILE",
                   ValueKind::text,
                   {"Put the ratios into this baseline", "把比值写入此基准文件"}}},
      .run = run_bench,
  };
}

}  // namespace cli

#include "cli/diff.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "cli/ledger_access.h"
#include "cli/read_model.h"
#include "cli/row_table.h"
#include "projections/then_and_now.h"

namespace cli {
namespace {

constexpr std::array<std::string_view, 9> columns{"line",        "before_fen", "after_fen",
                                                  "new_fen",     "late_fen",   "corrected_fen",
                                                  "finding_fen", "policy_fen", "code_fen"};

// The option's values, checked to be numbers already.
std::vector<std::uint64_t> sizes(const Arguments& arguments) {
  std::vector<std::uint64_t> numbers;
  for (const auto& value : arguments.all("--known-at")) {
    std::uint64_t number = 0;
    std::from_chars(value.data(), value.data() + value.size(), number);
    numbers.push_back(number);
  }
  return numbers;
}

ledger::Result<Exit> run_diff(const Arguments& arguments, Console& console) {
  const auto known = sizes(arguments);
  if (known.size() != 2 || known[0] > known[1]) {
    console.error(console.text(
        "--known-at: got {}, wanted two sizes of the log, then before now, as in --known-at 80 "
        "--known-at 81. `tally diff --help` shows how to call it.",
        "--known-at：得到 {}，应为两个日志规模，先“当时”后“现在”，例如 --known-at 80 --known-at "
        "81。`tally diff --help` 列出其用法。",
        fmt::format("{}", fmt::join(known, " "))));
    return Exit::usage;
  }
  const auto reader = TRY(open_reader(arguments, console)).at({known[1]});
  const projections::LogSource source(reader);
  const ledger::TreeSize then{std::min(known[0], source.size().value)};
  const auto shifts = TRY(projections::shifts_since(
      source, then, {known[1], arguments.date("--effective-at")}, threads_default));

  std::vector<std::string> rows;
  rows.reserve(shifts.lines.size());
  for (const auto& shift : shifts.lines) append_shift(shift, rows.emplace_back());
  if (arguments.json) {
    for (const auto& row : rows) console.write(row + "\n");
  } else if (rows.empty()) {
    console.note("no line changes", "没有行发生变化");
  } else {
    console.write(row_table(rows, columns, console.language()));
  }
  return report_overflows(shifts.overflows, console);
}

}  // namespace

Command diff_command() {
  return {
      .name = "diff",
      .summary = {"Show why lines come to another amount now than then",
                  "说明各行金额当时与现在之差的原因"},
      .details =
          {"Compares what the first A events of the log entitle to with what the first B do, and "
           "splits each difference by cause, applied in this order: new facts, which happened "
           "after "
           "the last recorded time of A; late ones, which had happened and were learned after; "
           "corrections (voids); findings and appeals; packs and notices; the version of the "
           "rules. The parts add up to the difference. A must not be greater than B.",
           "比较日志前 A 个事件与前 B 个事件下的应得金额，并按下列次序拆分差额的原因："
           "新事实（发生在 A 的最后记录时间之后）、迟到的事实（当时已发生、其后才获知）、"
           "更正（作废）、认定与申诉、政策包与通知、规则版本。各部分之和等于差额。A 不得大于 B。"},
      .example = {"tally diff --known-at 80 --known-at 81"},
      .options = {{"--known-at",
                   "N",
                   ValueKind::count,
                   {"A size of the log: given twice, first then, then now",
                    "日志规模：给出两次，先当时，后现在"},
                   true,
                   true},
                  {"--effective-at",
                   "DATE",
                   ValueKind::date,
                   {"Only what happened up to this business date",
                    "仅计此业务日期及以前发生的事件"}}},
      .run = run_diff,
  };
}

}  // namespace cli

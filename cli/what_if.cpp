#include "cli/what_if.h"

#include <array>
#include <map>

#include "cli/ledger_view.h"
#include "cli/read_model.h"
#include "cli/row_table.h"
#include "cli/supposition.h"
#include "projections/json.h"
#include "projections/policy/money.h"
#include "projections/what_if.h"

namespace cli {
namespace {

constexpr std::array<std::string_view, 8> line_columns{
    "line",           "dealer",          "before_fen",     "after_fen",
    "difference_fen", "over_before_fen", "over_after_fen", "over_difference_fen"};
constexpr std::array<std::string_view, 4> total_columns{"dealer", "changed_lines", "difference_fen",
                                                        "over_difference_fen"};

struct Total {
  std::int64_t lines = 0;
  projections::policy::Int128 difference_fen = 0, over_difference_fen = 0;
};

// A row for each dealer; what does not fit into 64 bits is named in `overflows`.
std::vector<std::string> totals(const projections::Changes& changes,
                                std::vector<std::string>& overflows) {
  std::map<std::string, Total> by_dealer;
  for (const auto& line : changes.lines) {
    auto& total = by_dealer[line.dealer];
    ++total.lines;
    total.difference_fen += line.difference_fen();
    total.over_difference_fen += line.over_difference_fen();
  }
  std::vector<std::string> rows;
  for (const auto& [dealer, total] : by_dealer) {
    const auto difference = projections::policy::narrow(total.difference_fen);
    const auto over = projections::policy::narrow(total.over_difference_fen);
    if (!difference || !over) {
      overflows.push_back(dealer);
      continue;
    }
    auto& row = rows.emplace_back();
    projections::JsonObject object(row);
    if (!dealer.empty()) object.text("dealer", dealer);
    object.number("changed_lines", total.lines);
    object.number("difference_fen", *difference);
    object.number("over_difference_fen", *over);
    object.close();
  }
  return rows;
}

ledger::Result<Exit> run_what_if(const Arguments& arguments, Console& console) {
  const auto view = TRY(LedgerView::open(arguments, console));
  projections::OverlaySource overlay(view.source());
  const auto supposed = TRY(suppose(arguments, console, overlay));
  if (supposed != Exit::done) return supposed;
  projections::Changes changes;
  const auto compare = [&](const projections::Components& components) -> ledger::Status {
    changes =
        TRY(projections::what_if(view.source(), components, overlay, view.cut(), threads_default));
    return ledger::Ok{};
  };
  TRY(view.use_components(projections::JoinedBy::view, compare));

  std::vector<std::string> rows;
  rows.reserve(changes.lines.size());
  for (const auto& line : changes.lines) append_changed(line, rows.emplace_back());
  if (arguments.json) {
    for (const auto& row : rows) console.write(row + "\n");
  } else if (rows.empty()) {
    console.note("no line changes", "没有行发生变化");
  } else {
    const auto language = console.language();
    console.write(row_table(rows, line_columns, language));
    const auto sums = totals(changes, changes.overflows);
    console.write("\n" + row_table(sums, total_columns, language));
  }
  return report_overflows(changes.overflows, console);
}

}  // namespace

Command what_if_command() {
  auto options = supposition_options();
  for (const auto& option : cut_options()) options.push_back(option);
  options.push_back(from_scratch_option());
  return {
      .name = "what-if",
      .summary = {"Show which lines would change if the log were another",
                  "假设日志有所不同，列出会变化的行"},
      .details =
          {"Leaves events out, adds others or puts a policy pack in the place of its published "
           "version, evaluates both logs by the same rules, and prints the lines whose entitled "
           "amount or over would differ, with totals by dealer. To see an event changed, leave it "
           "out and add the other with its source and id. Added events are checked as import "
           "checks them. Nothing is written.",
           "去掉或加入事件，或用另一政策包替换已发布的版本，以同一套规则计算两份日志，"
           "列出应得或多得会变化的行及各经销商合计。若要改动某一事件，先去掉它，"
           "再以相同的来源与编号加入改后的事件。加入的事件与导入时受同样校验。不写入任何内容。"},
      .example = {"tally what-if --without dms/D01#D01-00006",
                  "tally what-if --with suspicion.jsonl --known-at 80"},
      .options = std::move(options),
      .run = run_what_if,
  };
}

}  // namespace cli

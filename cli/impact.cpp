#include "cli/impact.h"

#include <array>

#include "cli/ledger_view.h"
#include "cli/progress.h"
#include "cli/read_model.h"
#include "cli/row_table.h"
#include "ledger/idempotency_key.h"
#include "projections/impact.h"
#include "projections/json.h"

namespace cli {
namespace {

constexpr std::uint64_t top_default = 10;
constexpr std::uint64_t top_max = 100'000;
constexpr std::size_t lines_shown_max = 3;

constexpr std::array<std::string_view, 6> impact_columns{"rank",      "event",         "overlay",
                                                         "moved_fen", "changed_lines", "lines"};

// The rows that people see: an event by its source and id, and the first of its lines.
ledger::Result<std::vector<std::string>> rows_to_show(const projections::EventSource& source,
                                                      const projections::Impacts& impacts) {
  std::vector<std::string> rows;
  for (const auto& impact : impacts.ranked) {
    const auto moved = projections::policy::narrow(impact.moved_fen);
    if (!moved) continue;  // told among the overflows
    std::string event;
    TRY(source.read_each({impact.event}, [&](const ledger::Entry& entry) -> ledger::Status {
      event = ledger::idempotency_key(*entry.event);
      return ledger::Ok{};
    }));
    std::string lines;
    for (std::size_t at = 0; at < impact.lines.size() && at < lines_shown_max; ++at) {
      if (at > 0) lines += ", ";
      lines += impact.lines[at].line;
    }
    if (impact.lines.size() > lines_shown_max) lines += ", …";
    projections::JsonObject row(rows.emplace_back());
    row.number("rank", static_cast<std::int64_t>(rows.size()));
    row.text("event", event);
    row.text("overlay", impact.doubt == projections::Doubt::without ? "without" : "false");
    row.number("moved_fen", *moved);
    row.number("changed_lines", static_cast<std::int64_t>(impact.lines.size()));
    row.text("lines", lines);
    row.close();
  }
  return rows;
}

ledger::Result<Exit> run_impact(const Arguments& arguments, Console& console) {
  const auto view = TRY(LedgerView::open(arguments, console));
  projections::ImpactQuestion question;
  question.cut = view.cut();
  question.dealer = arguments.text("--dealer");
  question.customer = arguments.text("--customer");
  question.order = arguments.text("--order");
  question.top = arguments.number("--top").value_or(top_default);
  question.threads = static_cast<unsigned>(arguments.number("--threads").value_or(threads_default));
  projections::Impacts impacts;
  {
    Progress progress(console, console.text("weighing", "权衡"), 0);
    question.progress = [&](std::uint64_t done, std::uint64_t total) {
      progress.expect(total);
      progress.show(done, done);
    };
    const auto weigh = [&](const projections::Components& components) -> ledger::Status {
      impacts = TRY(projections::weigh_events(view.source(), components, question));
      return ledger::Ok{};
    };
    TRY(view.use_components(projections::JoinedBy::view, weigh));
  }
  const auto rows = TRY(projections::print_impacts(view.source(), impacts));
  if (arguments.json) {
    for (const auto& row : rows) console.write(row + "\n");
  } else {
    show_rows(TRY(rows_to_show(view.source(), impacts)), impact_columns, console);
  }
  return report_overflows(impacts.overflows, console);
}

}  // namespace

Command impact_command() {
  auto options = cut_options();
  options.push_back(from_scratch_option());
  const std::initializer_list<Option> own{
      {"--dealer",
       "ID",
       ValueKind::text,
       {"Only events that move a line of this dealer", "仅影响此经销商某行的事件"}},
      {"--customer",
       "ID",
       ValueKind::text,
       {"Only events that move a line of this customer", "仅影响此客户某行的事件"}},
      {"--order",
       "ID",
       ValueKind::text,
       {"Only events that move a line of this order", "仅影响此订单某行的事件"}},
      {.name = "--top",
       .value = "N",
       .kind = ValueKind::positive,
       .help = {"How many to show (10)", "显示多少个（默认 10）"},
       .at_most = top_max},
      threads_option()};
  options.insert(options.end(), own);
  return {
      .name = "impact",
      .summary = {"Rank single events by the money they move", "按单个事件牵动的金额排序"},
      .details =
          {"Weighs every event: what would each line be entitled to without it and, where it "
           "names a vehicle and an order, if that vehicle were found false on that order. Ranked "
           "by the sum of the differences of entitled, whichever way they go, with the lines that "
           "what-if would print. Filters choose rows and change no number. Nothing is written.",
           "逐一权衡每个事件：若没有它，各行应得多少；若它涉及某订单的某台车，则再假设该车在该订单"
           "上被认定虚假。按应得差额的绝对值之和排序，并列出 what-if 会输出的行。"
           "筛选只选取行，不改变数字。不写入任何内容。"},
      .example = {"tally impact --dealer D01 --top 5", "tally impact --known-at 80 --json"},
      .options = std::move(options),
      .run = run_impact,
  };
}

}  // namespace cli

#include "cli/read_model.h"

#include <algorithm>
#include <set>
#include <span>

#include "cli/ledger_view.h"
#include "cli/projection.h"
#include "cli/row_filter.h"
#include "cli/row_table.h"
#include "cli/xlsx_export.h"
#include "ledger/base/check.h"
#include "projections/models.h"

namespace cli {
namespace {

// A read model as people see it: which of its keys make the columns of the table, and
// which of them rows can be chosen by.
struct ModelView {
  std::string_view name;
  Text summary, details;
  std::string_view example;
  std::vector<std::string_view> columns;
  std::vector<std::string_view> filters;
};

const std::vector<ModelView>& views() {
  static const std::vector<ModelView> all{
      {"entitlements",
       {"What every order earns, line by line", "每个订单逐行应得的激励"},
       {"A line is one order and one kind of support. Entitled is rate times complete vehicles; "
        "what "
        "failed stands under unmet with its clause.",
        "一行即一个订单的一种支持。应得 = 单价 × "
        "手续齐备的车辆；未满足的条件及其条款列于“未满足”。"},
       "tally entitlements --dealer D01 --effective-at 2017-06-30",
       {"line", "dealer", "customer", "genuine", "complete", "prior", "own", "basis", "rate_fen",
        "entitled_fen", "pending_fen", "granted_fen", "over_fen", "payable_fen", "clause", "unmet"},
       {"dealer", "customer", "order", "policy"}},
      {"clawbacks",
       {"What must be claimed back, split by cause, and fines", "应追回的金额（按原因拆分）与罚款"},
       {"Over is what was granted beyond what is due. Direct comes from findings on the order "
        "itself, cascade from findings elsewhere, correction from voids and returns, ineligible is "
        "the rest.",
        "多得即超出应得的已批金额。“直接”因本订单的认定，“连带”因其他订单的认定，“更正”因作废与退车"
        "，其余为“不符条件”。"},
       "tally clawbacks --json",
       {"line", "dealer", "over_fen", "direct_fen", "cascade_fen", "correction_fen",
        "ineligible_fen", "due_fen", "out_of_range", "findings", "clause"},
       {"dealer", "order"}},
      {"balances",
       {"Each dealer's account", "各经销商的账户"},
       {"Grants, set-offs, claims, fines and what is still owed in either direction, by dealer.",
        "各经销商的批准、冲抵、追回、罚款以及双方尚欠的金额。"},
       "tally balances --dealer D01",
       {"dealer", "granted_fen", "setoff_fen", "credit_fen", "overdrawn_fen", "issued_fen",
        "waived_fen", "recovered_fen", "fines_fen", "fines_paid_fen", "receivable_fen",
        "to_claw_back_fen", "payable_fen"},
       {"dealer"}},
      {"filings",
       {"Filings, their protection and missed reports", "备案及其保护期与漏报"},
       {"A row for every filing submitted: its state, how long it protects, which progress reports "
        "were missed and which orders of other dealers conflict with it.",
        "每个已提交的备案一行：状态、保护期限、漏报的进度与他店的冲突订单。"},
       "tally filings --customer C01",
       {"filing", "dealer", "customer", "state", "confirmed", "protected_until", "missed_progress",
        "conflicts"},
       {"dealer", "customer"}},
      {"targets",
       {"Vehicles counted towards each dealer's year", "各经销商年度目标的达成"},
       {"Genuine deliveries counted by dealer and year, what is excluded, and the attainment of "
        "the contract's target.",
        "按经销商与年度计入的真实交付、不计入的部分以及合同目标的达成率。"},
       "tally targets --dealer D01",
       {"dealer", "year", "counted", "special_excluded", "hq_direct", "target", "attainment_bp",
        "award_lost"},
       {"dealer"}},
      {"obligations",
       {"What somebody had to answer, and whether they did", "各方应答的期限与履行情况"},
       {"Service levels, progress reports and fleet managers: due, done, and whether met, late, "
        "open or overdue.",
        "时效承诺、进度报告与大客户经理：期限、完成时间与状态。"},
       "tally obligations --breached --effective-at 2017-06-30",
       {"obligation", "subject", "due", "done", "state"},
       {}},
      {"bills",
       {"Bank acceptance bills: what the policy expects", "银行承兑汇票：政策应有的结论"},
       {"A row for every bill tendered: whether it should be accepted, why not, and the deduction "
        "expected beside the one decided.",
        "每张票据一行：应否接受、原因、应有的扣减与实际扣减之差。"},
       "tally bills --json",
       {"bill", "dealer", "expected", "reasons", "deduction_fen", "decided", "difference_fen"},
       {"dealer"}},
      {"rebates",
       {"Volume rebates by dealer and month", "按经销商与月份的销量返利"},
       {"Vehicles invoiced in the month, the rebate expected and what was paid.",
        "当月开票车辆、应得返利与已付金额。"},
       "tally rebates --dealer D01",
       {"dealer", "month", "vehicles", "expected_fen", "paid_fen"},
       {"dealer"}},
      {"demos",
       {"Demonstration cars", "试乘试驾车"},
       {"A row for every car with a demo event: eligibility, price, documents and a preference to "
        "claw back.",
        "每台有试驾事件的车辆一行：资格、价格、资料与应追回的优惠。"},
       "tally demos --json",
       {"vin", "dealer", "state", "eligible", "price_ok", "documents_due", "documents",
        "clawback_fen"},
       {"dealer"}},
  };
  return all;
}

// The first filter that was given although the rows have no such key.
std::optional<std::string_view> foreign_filter(const ModelView& view, const Arguments& arguments) {
  for (const auto& option : filter_options()) {
    const auto key = option.name.substr(2);
    const bool known =
        std::find(view.filters.begin(), view.filters.end(), key) != view.filters.end();
    if (arguments.has(option.name) && !known) return option.name;
  }
  return std::nullopt;
}

void print_rows(const std::vector<std::string>& rows, const ModelView& view,
                const Arguments& arguments, Console& console) {
  if (arguments.json) {
    for (const auto& row : rows) console.write(row + "\n");
  } else {
    show_rows(rows, view.columns, console);
  }
}

// Whether the question is for all rows, or for some that can only be told from the rows. What a
// workbook says that it stands on is a digest of all models, which only a replay gives.
bool takes_kept_rows(const Arguments& arguments) {
  return !asked_by(arguments).anything() && !arguments.has("--effective-at") &&
         !arguments.has(from_scratch);
}

// A line each. They may be many, so those that lie in a file of the cache, where a line end follows
// each, are written as they lie there.
void write_lines(std::span<const std::string_view> rows, Console& console) {
  for (std::size_t at = 0; at < rows.size();) {
    const auto* const begin = rows[at].data();
    const auto* end = begin + rows[at].size();
    for (++at; at < rows.size() && rows[at].data() == end + 1 && *end == '\n'; ++at) {
      end += 1 + rows[at].size();
    }
    console.write({begin, static_cast<std::size_t>(end - begin)});
    console.write("\n");
  }
}

ledger::Result<Exit> print_all_rows(const ModelView& view, projections::ReadModel model,
                                    const Arguments& arguments, Console& console) {
  const auto ledger = TRY(LedgerView::open(arguments, console));
  const bool as_they_are = arguments.json && !chooses_rows(arguments);
  const auto print = [&](std::string_view text) { console.write(text); };
  // Rows that are kept were all printable.
  if (as_they_are && TRY(ledger.hand_out_rows(model, print))) return Exit::done;
  auto answer = TRY(ledger.rows(model));
  drop_foreign(answer.overflows, answer.overflow_keys, arguments);
  if (as_they_are) {
    write_lines(answer.rows, console);
  } else {
    print_rows(filtered({answer.rows.begin(), answer.rows.end()}, arguments), view, arguments,
               console);
  }
  return report_overflows(answer.overflows, console);
}

ledger::Result<Exit> print_model(const ModelView& view, const Arguments& arguments,
                                 Console& console) {
  if (const auto filter = foreign_filter(view, arguments)) {
    console.error(console.text(
        "{0}: the rows of {1} have no such key; they can be chosen by: {2}. `tally {1} --help` "
        "shows how to call it.",
        "{0}：{1} 的行没有此键，可用于筛选的键：{2}。`tally {1} --help` 列出其用法。", *filter,
        view.name,
        view.filters.empty() ? console.text("none", "无")
                             : fmt::format("{}", fmt::join(view.filters, ", "))));
    return Exit::usage;
  }
  const auto model = projections::read_model_of(view.name);
  ledger::check(model.has_value(), "every view is of a read model");
  if (arguments.has("--force") && !arguments.has("--xlsx")) {
    console.error(console.text("--force: goes with --xlsx FILE, whose file it writes over.",
                               "--force：须与 --xlsx FILE 同用，用于覆盖该文件。"));
    return Exit::usage;
  }
  const auto workbook = TRY(xlsx_wanted(arguments, console));
  if (!workbook && takes_kept_rows(arguments)) {
    return print_all_rows(view, *model, arguments, console);
  }
  const auto projection = TRY(Projection::open(arguments, console, asked_by(arguments)));
  auto printed = TRY(projections::print_model(projection.replay(), *model));
  const auto rows = filtered(std::move(printed.rows), arguments);
  drop_foreign(printed.overflows, printed.overflow_keys, arguments);
  if (workbook) {
    const XlsxContent content{view.name, rows, printed.overflows, view.columns};
    TRY(write_xlsx(*workbook, content, projection, arguments, console));
  }
  if (!workbook || arguments.json) print_rows(rows, view, arguments, console);
  return report_overflows(printed.overflows, console);
}

}  // namespace

std::vector<Option> cut_options() {
  return {
      {"--known-at",
       "N",
       ValueKind::count,
       {"As it was known with the first N events of the log", "以日志前 N 个事件为所知"}},
      {"--effective-at",
       "DATE",
       ValueKind::date,
       {"Only what happened up to this business date", "仅计此业务日期及以前发生的事件"}},
  };
}

Option from_scratch_option() {
  return {std::string_view(from_scratch),
          "",
          ValueKind::flag,
          {"Use nothing kept from earlier replays", "不使用以往重放的任何缓存"}};
}

Exit report_overflows(const std::vector<std::string>& overflows, Console& console) {
  std::set<std::string_view> told;  // one line can be missed by several models
  for (const auto& name : overflows) {
    if (!told.insert(name).second) continue;
    console.error(console.text(
        "{}: an amount does not fit into 64 bits and is not printed; look for an event with an "
        "impossible rate, price or quantity (tally log).",
        "{}：金额超出 64 位整数，未输出；请查找单价、价格或数量不合理的事件（tally log）。", name));
  }
  return overflows.empty() ? Exit::done : Exit::check_failed;
}

std::vector<Command> read_model_commands() {
  std::vector<Command> commands;
  for (const auto& view : views()) {
    auto options = cut_options();
    for (const auto& filter : filter_options()) options.push_back(filter);
    for (const auto& option : xlsx_options()) options.push_back(option);
    options.push_back(from_scratch_option());
    if (view.name == projections::name_of(projections::ReadModel::obligations)) {
      options.push_back({breached_option,
                         "",
                         ValueKind::flag,
                         {"Only what was late or is overdue", "仅列逾期的义务"}});
    }
    commands.push_back({.name = view.name,
                        .summary = view.summary,
                        .details = view.details,
                        .example = {view.example},
                        .options = std::move(options),
                        .run = [&view](const Arguments& arguments, Console& console) {
                          return print_model(view, arguments, console);
                        }});
  }
  return commands;
}

}  // namespace cli

#include "cli/settle.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "cli/new_file.h"
#include "cli/projection.h"
#include "cli/read_model.h"
#include "cli/row_table.h"
#include "cli/yuan.h"
#include "projections/closed_projects.h"
#include "projections/json.h"
#include "projections/policy/money.h"
#include "projections/receivables.h"
#include "projections/settlement_desk.h"
#include "projections/settlement_proposal.h"

namespace cli {
namespace {

constexpr std::array<std::string_view, 6> desk_columns{"line", "due",   "payable_fen",
                                                       "met",  "unmet", "exposure"};
constexpr std::array<std::string_view, 7> receivable_columns{
    "claim", "kind", "line", "since", "age_days", "bucket", "receivable_fen"};
constexpr std::array<std::string_view, 6> true_up_columns{
    "project", "line", "closed", "entitled_fen", "granted_fen", "true_up_fen"};
constexpr std::array<std::string_view, 2> bucket_columns{"bucket", "receivable_fen"};

// People see of the conditions that hold only their clauses.
std::string with_clauses(const std::string& row) {
  auto object = boost::json::parse(row).as_object();
  boost::json::array clauses;
  for (const auto& met : object.at("met").as_array()) {
    const auto* const clause = met.as_object().if_contains("clause");
    if (clause == nullptr) continue;
    if (std::find(clauses.begin(), clauses.end(), *clause) == clauses.end())
      clauses.push_back(*clause);
  }
  object["met"] = clauses;
  return boost::json::serialize(object);
}

// What the rows add up to by bucket, youngest first; nothing where a sum does not fit.
std::vector<std::string> by_bucket(const std::vector<std::string>& rows) {
  constexpr std::array<std::string_view, 4> buckets{"0-30", "31-60", "61-90", "91+"};
  std::array<projections::policy::Int128, buckets.size()> sums{};
  for (const auto& row : rows) {
    const auto object = boost::json::parse(row).as_object();
    const auto& bucket = object.at("bucket").as_string();
    const auto* const at =
        std::find(buckets.begin(), buckets.end(), std::string_view(bucket.data(), bucket.size()));
    sums.at(static_cast<std::size_t>(at - buckets.begin())) +=
        object.at("receivable_fen").as_int64();
  }
  std::vector<std::string> totals;
  for (std::size_t at = 0; at < buckets.size(); ++at) {
    const auto sum = projections::policy::narrow(sums[at]);
    if (!sum || *sum == 0) continue;
    projections::JsonObject object(totals.emplace_back());
    object.text("bucket", buckets[at]);
    object.number("receivable_fen", *sum);
    object.close();
  }
  return totals;
}

void show_section(const Text& title, const std::vector<std::string>& rows,
                  std::span<const std::string_view> columns, Console& console) {
  if (rows.empty()) return;
  console.write("\n" + std::string(console.in(title)) + "\n");
  console.write(row_table(rows, columns, console.language()));
}

void show_desk(const projections::ModelRows& desk, const projections::ModelRows& receivables,
               const projections::ModelRows& true_ups, Console& console) {
  std::vector<std::string> rows;
  rows.reserve(desk.rows.size());
  for (const auto& row : desk.rows) rows.push_back(with_clauses(row));
  if (rows.empty()) {
    console.note("nothing to pay and no request to answer", "没有应付的金额，也没有待答复的申请");
  } else {
    console.write(row_table(rows, desk_columns, console.language()));
  }
  show_section({"True-up of closed projects", "已结项目的追溯调整"}, true_ups.rows, true_up_columns,
               console);
  show_section({"Receivables", "应收"}, receivables.rows, receivable_columns, console);
  show_section({"Receivables by age in days", "应收账龄（天）"}, by_bucket(receivables.rows),
               bucket_columns, console);
}

ledger::Result<Exit> propose(const Projection& projection, const std::string& dealer,
                             const Arguments& arguments, Console& console) {
  const auto proposal =
      TRY(projections::propose_settlement(projection.replay(), projection.cut(), dealer,
                                          arguments.text("--invoice").value_or("next-purchase")));
  if (proposal.events.empty()) {
    console.note("nothing to propose: no file was written", "没有可提议的事件，未写文件");
    return Exit::done;
  }
  std::string lines;
  for (const auto& event : proposal.events) lines += event + "\n";
  const auto file = arguments.text("--propose").value_or("");
  TRY(write_new_file(file, lines, console));
  console.note("{}: {} event(s) to review and import: approvals of {} yuan, a set-off of {} yuan",
               "{}：{} 个事件，供审阅后导入：批准 {} 元，冲抵 {} 元", file, proposal.events.size(),
               yuan(proposal.approved_fen), yuan(proposal.setoff_fen));
  if (arguments.has("--known-at") || arguments.has("--effective-at")) {
    console.note("it was made from a cut: what was approved or set off outside of it was not seen",
                 "该提议基于截面：截面以外的批准与冲抵未计入");
  }
  return Exit::done;
}

Exit print_rows(const projections::ModelRows& model, Console& console) {
  for (const auto& row : model.rows) console.write(row + "\n");
  return report_overflows(model.overflows, console);
}

ledger::Result<Exit> run_settle(const Arguments& arguments, Console& console) {
  const auto dealer = arguments.text("--dealer").value_or("");
  const auto projection = TRY(Projection::open(arguments, console));
  const auto& replay = projection.replay();
  if (arguments.has("--propose")) return propose(projection, dealer, arguments, console);

  const bool only_receivables = arguments.has("--receivables");
  const bool only_true_ups = arguments.has("--true-up");
  const auto receivables = projections::print_receivables(replay, dealer);
  const auto true_ups = TRY(projections::print_true_ups(replay, projection.cut(), dealer));
  if (arguments.json && only_receivables) return print_rows(receivables, console);
  if (arguments.json && only_true_ups) return print_rows(true_ups, console);
  auto desk = TRY(projections::print_settlement_desk(replay, projection.cut(), dealer));
  if (arguments.json) return print_rows(desk, console);
  if (only_receivables || only_true_ups) {
    show_rows(only_receivables ? receivables.rows : true_ups.rows,
              only_receivables ? std::span<const std::string_view>(receivable_columns)
                               : std::span<const std::string_view>(true_up_columns),
              console);
    return report_overflows((only_receivables ? receivables : true_ups).overflows, console);
  }
  show_desk(desk, receivables, true_ups, console);
  for (const auto& name : receivables.overflows) desk.overflows.push_back(name);
  return report_overflows(desk.overflows, console);
}

}  // namespace

Command settle_command() {
  auto options = cut_options();
  options.insert(options.begin(),
                 {"--dealer", "ID", ValueKind::text, {"Whose desk", "经销商"}, true});
  options.push_back({"--propose",
                     "FILE",
                     ValueKind::text,
                     {"Write the approvals and the set-off as events into FILE, which must not "
                      "exist; nothing is appended",
                      "将批准与冲抵写成事件存入 FILE（须不存在）；不追加到账本"}});
  options.push_back({"--invoice",
                     "ID",
                     ValueKind::text,
                     {"The invoice that the proposed set-off is against (next-purchase)",
                      "所提冲抵对应的发票（默认 next-purchase）"}});
  options.push_back({"--receivables",
                     "",
                     ValueKind::flag,
                     {"Only what the dealer owes, by age", "仅列应收及账龄"}});
  options.push_back({"--true-up",
                     "",
                     ValueKind::flag,
                     {"Only the settling of closed projects", "仅列已结项目的追溯调整"}});
  return {
      .name = "settle",
      .summary = {"Show what is payable to a dealer now, and propose it",
                  "列出现在应付经销商的金额并生成提议"},
      .details =
          {"Lists every line of the dealer with money payable or a request without an answer, by "
           "the clock of five working days (N9.4): due date of the latest unanswered request, the "
           "clauses of the conditions that hold, the conditions that fail, and what hangs over "
           "the line: findings raised and not decided, documents missing, and what is likely to "
           "be taken back (by an open finding confirmed as raised, or because the filing's "
           "confirmation was recorded only after the order). Then the true-up of closed projects "
           "(N9.3) and the receivables by age. --propose writes events for a human to review "
           "and import: one approval of exactly what is payable for each line, and one set-off of "
           "no more than the credit there is then. Proposing the same twice gives the same ids.",
           "按五个工作日的时限（N9."
           "4）列出该经销商有应付金额或有未答复申请的各行：最近一次未答复申请的期限、"
           "已满足条件的条款、未满足的条件，以及悬而未决的事项：已提出未决定的认定、缺少的资料、"
           "可能被撤回的金额（未决认定若成立，或备案确认在订单之后才录入）。其后是已结项目的追溯调"
           "整"
           "（N9.3）与应收账龄。--propose 写出供人审阅后导入的事件：每行一笔恰为应付金额的批准，"
           "以及一笔不超过届时余额的冲抵。同样的提议，编号相同。"},
      .example = {"tally settle --dealer D01", "tally settle --dealer D01 --propose approve.jsonl"},
      .options = std::move(options),
      .run = run_settle,
  };
}

}  // namespace cli

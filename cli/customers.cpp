#include "cli/customers.h"

#include <array>

#include "cli/projection.h"
#include "cli/read_model.h"
#include "cli/row_filter.h"
#include "cli/row_table.h"
#include "projections/customer_base.h"

namespace cli {
namespace {

using Columns = std::span<const std::string_view>;

constexpr std::array<std::string_view, 15> customer_columns{
    "customer", "class",      "buyer",        "relations",   "party",        "filings",
    "orders",   "vehicles",   "invoiced_fen", "granted_fen", "other_owners", "unexpected_owners",
    "visits",   "last_visit", "satisfaction"};
constexpr std::array<std::string_view, 8> activity_columns{
    "activity", "dealer", "held", "invited", "attended", "cost_fen", "filings", "followed"};
constexpr std::array<std::string_view, 5> share_columns{"dealer", "year", "invoiced", "fleet",
                                                        "share_bp"};

ledger::Result<Exit> run_customers(const Arguments& arguments, Console& console) {
  const bool activities = arguments.has("--activities");
  const bool shares = arguments.has("--share");
  const auto foreign = activities || shares ? "--customer" : "--dealer";
  if ((activities && shares) || arguments.has(foreign)) {
    console.error(console.text(
        "{}: wanted --customer with customers, --dealer with --activities or --share, and one of "
        "these two at a time. `tally customers --help` shows how to call it.",
        "{}：--customer 用于客户，--dealer 用于 --activities 或 --share，且两者只取其一。"
        "`tally customers --help` 列出其用法。",
        activities && shares ? "--share" : foreign));
    return Exit::usage;
  }
  const auto projection = TRY(Projection::open(arguments, console));
  const auto& replay = projection.replay();
  projections::ModelRows model;
  Columns columns = customer_columns;
  if (activities) {
    model = TRY(projections::print_activities(replay, projection.cut()));
    columns = activity_columns;
  } else if (shares) {
    model = projections::print_fleet_shares(replay);
    columns = share_columns;
  } else {
    model = TRY(projections::print_customers(replay, projection.cut()));
  }
  const auto rows = filtered(std::move(model.rows), arguments);
  if (arguments.json) {
    for (const auto& row : rows) console.write(row + "\n");
  } else {
    show_rows(rows, columns, console);
  }
  return report_overflows(model.overflows, console);
}

}  // namespace

Command customers_command() {
  auto options = cut_options();
  const std::initializer_list<Option> own{
      {"--customer", "ID", ValueKind::text, {"Only this customer", "仅此客户"}},
      {"--activities",
       "",
       ValueKind::flag,
       {"Activities instead: cost, guests and the filings that came of them",
        "改列活动：费用、来宾及由此产生的备案"}},
      {"--share",
       "",
       ValueKind::flag,
       {"Fleet share of each dealer's invoiced vehicles instead, by year",
        "改列各经销商开票车辆中大客户所占份额（按年）"}},
      {"--dealer",
       "ID",
       ValueKind::text,
       {"Only this dealer's activities or shares", "仅此经销商的活动或份额"}}};
  options.insert(options.end(), own.begin(), own.end());
  return {
      .name = "customers",
      .summary = {"The fleet customers: who they are, buy, say", "大客户信息库"},
      .details =
          {"A row for each customer: class, whether it buys for itself (A) or for others (B), its "
           "relations and all it is joined with, its filings, orders, genuine vehicles, what was "
           "invoiced and granted, vehicles registered to somebody outside the party and how many "
           "of "
           "these the policy of their order does not expect (it expects them of class B, unless "
           "its pack says otherwise under buyers), visits and the latest satisfaction. Names and "
           "phones are personal and are not shown.",
           "每个客户一行：类别、自用（A）或代系统采购（B）、关联关系与关联各方、备案、订单、真实车"
           "辆、"
           "开票与已批金额、登记在关联方以外名下的车辆及其中订单所依政策未预期者（政策包 buyers "
           "未另行规定的，B 类属正常）、拜访与最近的满意度。"
           "名称与电话属个人信息，不显示。"},
      .example = {"tally customers --customer C01", "tally customers --activities --dealer D01"},
      .options = std::move(options),
      .run = run_customers,
  };
}

}  // namespace cli

#include "cli/trace.h"

#include <array>
#include <boost/json.hpp>

#include "cli/clock_text.h"
#include "cli/projection.h"
#include "cli/read_model.h"
#include "cli/row_table.h"
#include "ledger/base/check.h"
#include "projections/trace.h"

namespace cli {
namespace {

constexpr std::array<std::string_view, 7> trace_columns{"index", "time",  "learned", "gap",
                                                        "type",  "event", "clause"};

std::int64_t ns_of(const boost::json::value& time) {
  const auto& text = time.as_string();
  const auto parsed = ledger::parse_timestamp({text.data(), text.size()});
  ledger::check(parsed.has_value(), "a printed time can be read");
  return parsed->ns;
}

// A row as people read it: the first clock as it is, the second by how much it is behind.
std::string for_people(const std::string& row) {
  constexpr std::int64_t second_ns = 1'000'000'000;
  auto object = boost::json::parse(row).as_object();
  const auto* const recorded = object.if_contains("recordedtime");
  const auto time_ns = ns_of(object.at("time"));
  const auto learned_ns = ns_of(recorded != nullptr ? *recorded : object.at("appendedtime"));
  object["time"] = beijing(time_ns);
  object["learned"] = elapsed((learned_ns - time_ns) / second_ns);
  if (const auto* const gap = object.if_contains("gap"))
    object["gap"] = elapsed(gap->to_number<std::int64_t>());
  object["event"] =
      std::string(object.at("source").as_string()).append("#").append(object.at("id").as_string());
  return boost::json::serialize(object);
}

ledger::Result<Exit> run_trace(const Arguments& arguments, Console& console) {
  const auto projection = TRY(Projection::open(arguments, console));
  const auto trace = TRY(projections::print_trace(projection.replay(), projection.cut(),
                                                  arguments.text("NAME").value_or("")));
  if (arguments.json) {
    for (const auto& row : trace.rows) console.write(row + "\n");
    return Exit::done;
  }
  std::vector<std::string> rows;
  rows.reserve(trace.rows.size());
  for (const auto& row : trace.rows) rows.push_back(for_people(row));
  show_rows(rows, trace_columns, console);
  return Exit::done;
}

}  // namespace

Command trace_command() {
  auto options = cut_options();
  options.insert(options.begin(), {"NAME",
                                   "NAME",
                                   ValueKind::text,
                                   {"An order, a vehicle (VIN) or a filing", "订单、车架号或备案"},
                                   true});
  return {
      .name = "trace",
      .summary = {"Follow an order, vehicle or filing through its whole life",
                  "追溯订单、车辆或备案的全过程"},
      .details =
          {"Prints every event of the life from filing to set-off in log order, with the clause it "
           "stands under. From a filing lead all orders that named it, from a vehicle all orders "
           "it was delivered, returned or invoiced on, from an order its filing, agreement, "
           "project and vehicles; with them their settlements, claims, findings, appeals, fines, "
           "complaints, inspections, and the set-offs that spent the grants, first granted first "
           "spent. Voided events stay in the list, followed by their void. Learned is how long "
           "after it happened an event was recorded. Gap is the time from the step before to this "
           "one; negative where it happened before the step that stands before it in the log. "
           "--json gives the clocks as recorded and the gap in seconds.",
           "按日志顺序列出从备案到冲抵的全部事件及其条款。由备案查到以其下的订单；由车辆查到其交付"
           "、退回或"
           "开票的订单；由订单查到其备案、协议、项目与车辆，以及相关的结算、追回、认定、申诉、罚款"
           "、投诉、"
           "核查，和动用其已批金额的冲抵（先批先用）。已作废的事件仍在其中，其后是作废记录。"
           "“获知”为事件发生到被记录的时间；“间隔”为上一步到这一步的时间，若其发生早于日志中前一步"
           "则为负。"
           "--json 给出原样的时间与以秒计的间隔。"},
      .example = {"tally trace O1", "tally trace LFBED21A1HA003000"},
      .options = std::move(options),
      .run = run_trace,
  };
}

}  // namespace cli

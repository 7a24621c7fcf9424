#include "cli/late.h"

#include <array>

#include "cli/projection.h"
#include "cli/read_model.h"
#include "cli/row_table.h"
#include "projections/late_records.h"

namespace cli {
namespace {

constexpr std::uint64_t threshold_default = 3;
constexpr std::uint64_t threshold_max = 36'500;  // longer than any log

constexpr std::array<std::string_view, 9> late_columns{
    "rank", "index", "type", "subject", "time", "recordedtime", "late_days", "why", "orders"};

ledger::Result<Exit> run_late(const Arguments& arguments, Console& console) {
  const auto threshold = arguments.number("--threshold").value_or(threshold_default);
  const auto projection = TRY(Projection::open(arguments, console));
  const auto late = TRY(projections::print_late_records(projection.replay(), projection.cut(),
                                                        static_cast<std::int64_t>(threshold)));
  if (arguments.json) {
    for (const auto& row : late.rows) console.write(row + "\n");
  } else {
    show_rows(late.rows, late_columns, console);
  }
  return Exit::done;
}

}  // namespace

Command late_command() {
  auto options = cut_options();
  options.push_back({.name = "--threshold",
                     .value = "DAYS",
                     .kind = ValueKind::count,
                     .help = {"Only what was recorded more than so many days after it happened (3)",
                              "仅列发生后超过此天数才记录的事件（默认 3）"},
                     .at_most = threshold_max});
  return {
      .name = "late",
      .summary = {"Rank what was recorded long after it happened", "按滞后程度列出迟录的事件"},
      .details =
          {"Eligibility reads when a thing happened, so an event entered late with an early date "
           "can earn what it should not. First come the late records that decided something: a "
           "filing's confirmation or a special specification dated before an order and recorded "
           "after it, and deliveries that were recorded after an order and without which it would "
           "have another tier; then the rest. Each by how late it was. An event whose source does "
           "not say when it recorded it counts as recorded when the ledger stored it.",
           "资格按事件发生时间判断，因此补录并倒填日期的事件可能带来不应得的支持。首先列出起决定作"
           "用的："
           "日期早于订单、录入晚于订单的备案确认或特殊配置批准，以及录入晚于订单、缺之则档位不同的"
           "交付；"
           "其后为其他。同类按滞后时间排列。来源未给出记录时间的，以账本入账时间为准。"},
      .example = {"tally late --threshold 30", "tally late --json"},
      .options = std::move(options),
      .run = run_late,
  };
}

}  // namespace cli

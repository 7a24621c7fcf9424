#include "cli/sample.h"

#include <array>

#include "cli/new_file.h"
#include "cli/projection.h"
#include "cli/read_model.h"
#include "cli/row_table.h"
#include "projections/order_sample.h"

namespace cli {
namespace {

using projections::SampleWeight;

constexpr std::uint64_t seed_max = 2'147'483'647;  // what inspection.sample_drawn can say
constexpr std::uint64_t count_max = 800;           // so that it fits into one event

constexpr std::array<std::string_view, 7> sample_columns{
    "draw", "order", "dealer", "granted_fen", "round", "population", "position"};

// Says how to draw the same again.
std::string inspection_name(const Projection& projection, const Arguments& arguments,
                            std::uint64_t seed, std::uint64_t count) {
  if (const auto given = arguments.text("--inspection")) return *given;
  auto name = fmt::format("SAMPLE-{}-{}-at-{}", seed, count, projection.source().size().value);
  if (const auto date = projection.cut().effective_at) name += "-" + to_string(*date);
  if (arguments.has("--weight")) name += "-" + arguments.text("--weight").value_or("");
  return name;
}

ledger::Status propose(const Projection& projection, const projections::OrderSample& sample,
                       const std::string& inspection, const Arguments& arguments,
                       Console& console) {
  const auto file = arguments.text("--propose").value_or("");
  if (sample.orders.empty()) {
    console.note("no order was drawn: no file was written", "未抽到订单，未写文件");
    return ledger::Ok{};
  }
  const auto seed = arguments.number("--seed").value_or(0);
  TRY(write_new_file(
      file, projections::sample_event(projection.replay(), sample, seed, inspection) + "\n",
      console));
  console.note("{}: inspection {} to review and import", "{}：核查 {}，供审阅后导入", file,
               inspection);
  return ledger::Ok{};
}

ledger::Result<Exit> run_sample(const Arguments& arguments, Console& console) {
  const auto weight = arguments.text("--weight").value_or("order");
  if (weight != "order" && weight != "money") {
    console.error(console.text(
        "--weight: got {:?}, wanted order or money. `tally sample --help` shows how to call it.",
        "--weight：得到 {:?}，应为 order 或 money。`tally sample --help` 列出其用法。", weight));
    return Exit::usage;
  }
  const auto seed = arguments.number("--seed").value_or(0);
  const auto count = arguments.number("--count").value_or(0);
  const auto projection = TRY(Projection::open(arguments, console));
  const auto sample =
      TRY(projections::draw_orders(projection.replay(), seed, count,
                                   weight == "money" ? SampleWeight::money : SampleWeight::order));
  const auto printed = projections::print_sample(projection.replay(), sample);
  if (arguments.json) {
    for (const auto& row : printed.rows) console.write(row + "\n");
  } else {
    show_rows(printed.rows, sample_columns, console);
  }
  if (arguments.has("--propose")) {
    const auto inspection = inspection_name(projection, arguments, seed, count);
    TRY(propose(projection, sample, inspection, arguments, console));
  }
  return report_overflows(printed.overflows, console);
}

}  // namespace

Command sample_command() {
  auto options = cut_options();
  const std::initializer_list<Option> own{
      {.name = "--seed",
       .value = "S",
       .kind = ValueKind::count,
       .help = {"The seed, best a number that nobody could choose", "种子，宜为无人能选定的数"},
       .required = true,
       .at_most = seed_max},
      {.name = "--count",
       .value = "N",
       .kind = ValueKind::positive,
       .help = {"How many orders", "订单数"},
       .required = true,
       .at_most = count_max},
      {.name = "--weight",
       .value = "WEIGHT",
       .kind = ValueKind::text,
       .help = {"order: all alike; money: by what was granted (order)",
                "order：同等机会；money：按已批金额（默认 order）"}},
      {.name = "--propose",
       .value = "FILE",
       .kind = ValueKind::text,
       .help = {"Write the event that records the sample into FILE, which must not exist; nothing "
                "is appended",
                "将记录抽样的事件写入 FILE（须不存在）；不追加到账本"}},
      {.name = "--inspection",
       .value = "ID",
       .kind = ValueKind::text,
       .help = {"What to call the inspection (after seed, count and cut)",
                "核查编号（默认由种子、数量与截面得出）"}}};
  options.insert(options.begin(), own.begin(), own.end());
  return {
      .name = "sample",
      .summary = {"Draw orders to inspect, as anyone can again", "抽取待核查订单，任何人可重抽"},
      .details =
          {"Draws N different orders of the cut by SHA-256 of the seed, so that anyone with the "
           "ledger and the seed draws the same ones; docs/FORMATS.md says how to do it by hand. "
           "With --weight money an order is as likely as what was granted on it is much. --propose "
           "writes the inspection.sample_drawn event; importing it puts the draw on record before "
           "anybody knows what will be found. To draw a recorded sample again, give --known-at the "
           "size of the log it was drawn from, which the inspection's name tells.",
           "以种子的 SHA-256 从截面中抽取 N 个不同的订单，持有账本与种子者皆可重抽；手工方法见 "
           "docs/FORMATS.md。--weight money 时，抽中机会与已批金额成正比。--propose 写出 "
           "inspection.sample_drawn 事件，导入后即在结果未知之前留下记录。重抽已记录的样本时，以 "
           "--known-at "
           "给出当时的日志规模（见核查编号）。"},
      .example = {"tally sample --seed 20171009 --count 5 --weight money"},
      .options = std::move(options),
      .run = run_sample,
  };
}

}  // namespace cli

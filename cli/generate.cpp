#include "cli/generate.h"

#include "cli/generate/history.h"
#include "cli/progress.h"

namespace cli {
namespace {

ledger::Result<Exit> run_generate(const Arguments& arguments, Console& console) {
  const generate::Options options{.events = arguments.number("--events").value_or(0),
                                  .seed = arguments.number("--seed").value_or(0)};
  Progress progress(console, console.text("generate", "生成"), options.events);
  std::uint64_t count = 0;
  generate::generate_history(options, [&](std::string_view line) {
    console.write(line);
    console.write("\n");
    ++count;
    progress.show(count, count);
  });
  return Exit::done;
}

}  // namespace

Command generate_command() {
  return {
      .name = "generate",
      .summary = {"Print a deterministic national history", "输出一段确定性的全国历史"},
      .details =
          {"Prints events of dealers, customers, filings, orders, deliveries, subsidies, "
           "settlements, frauds and findings, ready for import. The same number and seed give "
           "the same bytes on every machine; a longer history begins with every shorter one.",
           "输出经销商、客户、备案、订单、交付、补贴、结算、造假与认定等事件，可直接导入。"
           "相同的数量与种子在任何机器上都得到相同的字节；较长的历史以较短的为开头。"},
      .example = {"tally generate --events 100000 --seed 1 > history.jsonl",
                  "tally generate --events 100000 --seed 1 | tally import -"},
      .options = {{"--events", "N", ValueKind::count, {"How many events", "事件数"}, true},
                  {"--seed", "S", ValueKind::count, {"Which history", "历史的种子"}, true}},
      .run = run_generate,
  };
}

}  // namespace cli

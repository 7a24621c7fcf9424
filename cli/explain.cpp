#include "cli/explain.h"

#include "cli/cited_clauses.h"
#include "cli/derivation.h"
#include "cli/projection.h"
#include "cli/read_model.h"
#include "ledger/codec.h"
#include "projections/explain.h"

namespace cli {
namespace {

// `order.created 2017-03-01`; nothing when the event cannot be read, which leaves its index.
std::string describe(const ledger::Reader& reader, std::uint64_t index) {
  std::string text;
  const auto read = reader.read({index}, [&](const ledger::Entry& entry) -> ledger::Status {
    text = fmt::format("{} {}", ledger::type_name(entry.type()),
                       ledger::to_string(ledger::business_date(entry.event->time()->ns())));
    return ledger::Ok{};
  });
  return read ? text : std::string();
}

ledger::Result<Exit> run_explain(const Arguments& arguments, Console& console) {
  const auto line = arguments.text("LINE").value_or("");
  const auto projection = TRY(Projection::open(
      arguments, console, {.order = {}, .customer = {}, .dealer = {}, .line = std::string(line)}));
  for (const auto& candidate : projection.replay().lines()) {
    if (!candidate.overflow) continue;
    const auto name =
        projections::line_name(projection.replay().facts(), candidate.order, candidate.kind);
    if (name == line) return report_overflows({line}, console);
  }
  const auto json = TRY(projections::explain(projection.replay(), line));
  if (arguments.json) {
    console.write(json + "\n");
    return Exit::done;
  }
  console.write(derivation_tree(
      json, [&](std::uint64_t index) { return describe(projection.reader(), index); },
      console.language()));
  if (const auto* pack = projections::pack_behind(projection.replay(), line))
    console.write(cited_clauses(json, *pack, console.language()));
  return Exit::done;
}

}  // namespace

Command explain_command() {
  return {
      .name = "explain",
      .summary = {"Show how one amount came about", "说明某一金额的由来"},
      .details = {"Prints the derivation of one line (O1/standard), fine (P1/fine) or demo car "
                  "(VIN/demo): every summand, factor and condition with its clause and the event "
                  "behind it; below it what each of these clauses says, in the words of the pack.",
                  "输出一行（O1/standard）、罚款（P1/fine）或试驾车（车架号/demo）的推导："
                  "每个加项、因子与条件，连同条款与所依据的事件；其下为各条款的大意（依政策包）。"},
      .example = {"tally explain O1/standard"},
      .options =
          [] {
            auto options = cut_options();
            options.push_back(from_scratch_option());
            options.insert(options.begin(), {"LINE",
                                             "LINE",
                                             ValueKind::text,
                                             {"Name of the line, as entitlements prints it",
                                              "行名，如 entitlements 所示"},
                                             true});
            return options;
          }(),
      .run = run_explain,
  };
}

}  // namespace cli

#include "cli/quality.h"

#include <array>

#include "cli/disclosed_source.h"
#include "cli/ledger_view.h"
#include "cli/read_model.h"
#include "cli/row_table.h"
#include "projections/data_quality.h"

namespace cli {
namespace {

constexpr std::array<std::string_view, 6> quality_columns{"index", "subject", "field",
                                                          "kind",  "value",   "why"};

ledger::Result<Exit> run_quality(const Arguments& arguments, Console& console) {
  const auto view = TRY(LedgerView::open(arguments, console));
  auto disclosure = TRY(Disclosure::open(view.whole()));
  const DisclosedSource source(view.source(), disclosure);
  const auto quality = TRY(projections::print_data_quality(source, view.cut()));
  if (arguments.json) {
    for (const auto& row : quality.rows) console.write(row + "\n");
  } else {
    show_rows(quality.rows, quality_columns, console);
  }
  if (view.whole().is_sealed() && !disclosure.opens()) {
    console.note(
        "Sealed plates were not looked at: that needs the vault's key (TALLY_VAULT_KEY_FILE).",
        "未查看密封的号牌：这需要保险库的密钥（TALLY_VAULT_KEY_FILE）。");
  }
  return Exit::done;
}

}  // namespace

Command quality_command() {
  return {
      .name = "quality",
      .summary = {"List identifiers that are not as their standards ask", "列出不合标准的标识"},
      .details =
          {"VINs by GB 16735 and unified social credit codes by GB 32100, length, characters and "
           "check digit; plates by province and pattern, where a new-energy car may have an "
           "ordinary one. Each value once, at the first event that has it. These are warnings: no "
           "event is refused for them, and no amount depends on them. Plates are personal and are "
           "printed masked; sealed ones are looked at where the vault's key is given (see tally "
           "erase --help).",
           "车架号按 GB 16735、统一社会信用代码按 GB 32100 "
           "检查长度、字符与校验位；号牌检查省份与式样，"
           "新能源车挂普通号牌亦属正常。每个值只在首次出现的事件处列出。均为提示：不因此拒绝任何事"
           "件，"
           "也不影响任何金额。号牌属个人信息，输出时遮盖；密封的号牌须给出保险库密钥方予查看"
           "（见 tally erase --help）。"},
      .example = {"tally quality --json"},
      .options = cut_options(),
      .run = run_quality,
  };
}

}  // namespace cli

#include "cli/export.h"

#include "cli/event_filter.h"
#include "cli/ledger_access.h"
#include "cli/progress.h"
#include "cli/vault_access.h"
#include "ledger/codec.h"

namespace cli {
namespace {

ledger::Result<Exit> run_export(const Arguments& arguments, Console& console) {
  const auto filter = EventFilter::from(arguments);
  const auto reader = TRY(open_reader(arguments, console));
  if (const auto index = arguments.number("--raw")) {
    TRY(reader.read({*index}, [&](const ledger::Entry& entry) -> ledger::Status {
      console.write(ledger::text_of(entry.bytes));
      return ledger::Ok{};
    }));
    return Exit::done;
  }
  Progress progress(console, console.text("export", "导出"), reader.size().value);
  auto disclosure = TRY(Disclosure::open(reader));
  std::uint64_t count = 0;
  std::string line;
  const auto print = [&](const ledger::Entry& entry) -> ledger::Status {
    line.clear();
    ledger::append_json(TRY(disclosure.show(entry)), line);
    line += '\n';
    console.write(line);
    progress.show(entry.index.value + 1, ++count);
    return ledger::Ok{};
  };
  TRY(filter.each(reader, print));
  return Exit::done;
}

}  // namespace

Command export_command() {
  return {
      .name = "export",
      .summary = {"Print events in the outside form", "以外部格式输出事件"},
      .details = {"Prints events as JSON Lines in log order, each with its ledgerindex and "
                  "appendedtime. --raw writes the exact stored bytes of one entry instead: what "
                  "the log hashes, and what a proof is checked against. Sealed values are in the "
                  "open where "
                  "the vault's key is given (see tally erase --help), else as "
                  "{\"sealed\":PERSON,\"sha256\":COMMITMENT}.",
                  "按日志顺序以 JSON Lines 输出事件，附 ledgerindex 与 appendedtime。"
                  "--raw 则原样输出某一条目的存储字节：即日志所哈希、证明所核对的内容。"
                  "给出保险库密钥时（见 tally erase --help）密封的内容以原文输出，否则为 "
                  "{\"sealed\":个人,\"sha256\":承诺}。"},
      .example = {"tally export --type order.created --from 0 --to 1000",
                  "tally export --raw 57 > entry.bin"},
      .options =
          {{"--from", "INDEX", ValueKind::count, {"First index", "起始序号（含）"}},
           {"--to", "INDEX", ValueKind::count, {"End index, not included", "结束序号（不含）"}},
           {"--type",
            "TYPE",
            ValueKind::event_type,
            {"Only this type, e.g. filing.submitted", "仅此类型，如 filing.submitted"}},
           {"--subject",
            "SUBJECT",
            ValueKind::text,
            {"Only this stream, e.g. order/O1", "仅此主体，如 order/O1"}},
           {"--raw",
            "INDEX",
            ValueKind::count,
            {"The stored bytes of one entry", "某一条目的存储字节"}}},
      .run = run_export,
  };
}

}  // namespace cli

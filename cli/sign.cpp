#include "cli/sign.h"

#include "cli/author_key_file.h"
#include "cli/event_line.h"
#include "cli/line_reader.h"
#include "cli/refused_lines.h"
#include "ledger/config.h"
#include "ledger/line_signer.h"
#include "ledger/open_ledger.h"
#include "ledger/random_bytes.h"

namespace cli {
namespace {

// The ledger that the signatures are for: its name keeps them out of any other.
ledger::Result<std::string> origin_of(const Arguments& arguments, Console& console) {
  if (const auto given = arguments.text("--origin")) return *given;
  const auto config = ledger::read_config(ledger::LedgerPaths(arguments.data).config);
  if (config) return config->origin;
  return ledger::Error{
      config.error().code,
      console.text("{}\n  A signature names the ledger it is for: --origin NAME, or --data with "
                   "that ledger.",
                   "{}\n  签名须指明所属账本：请用 --origin 名称，或以 --data 指定该账本。",
                   console.in(config.error().message))};
}

ledger::Result<Exit> run_sign(const Arguments& arguments, Console& console) {
  const auto key = TRY(read_signing_key(arguments.text("--key").value_or(""), console));
  auto origin = TRY(origin_of(arguments, console));
  ledger::LineSigner signer(key, std::move(origin), [](std::span<std::byte> salt) {
    ledger::fill_random(salt);
    return ledger::Status(ledger::Ok{});
  });
  std::string lines;
  RefusedLines refused(console);
  for (const auto& file : arguments.all("FILE")) {
    auto reader = TRY(LineReader::open(file));
    while (const auto line = TRY(reader.next())) {
      if (is_blank(*line)) continue;
      // A line cut short is no JSON, and refused for that.
      const auto outcome = TRY(signer.sign(line->text));
      if (const auto* done = std::get_if<std::string>(&outcome)) {
        lines += *done + "\n";
      } else {
        refused.tell(
            {shown_name(file), line->number, std::get<ledger::Refusal>(outcome).message()});
      }
    }
  }
  if (refused.count() == 0) {
    console.write(lines);
    return Exit::done;
  }
  console.error(console.text(
      "{} line(s) cannot be signed, so nothing was written. Correct them and sign again.",
      "{} 行无法签名，未输出任何内容。请更正后重新签名。", refused.count()));
  return Exit::refused;
}

}  // namespace

Command sign_command() {
  return {
      .name = "sign",
      .summary = {"Sign events before they are imported", "在导入之前为事件签名"},
      .details =
          {"Prints the events with authorkey and authorsig added, all or none: an Ed25519 "
           "signature over the ledger's name, the attributes and the canonical form of data. "
           "Personal values are signed by a salted hash (authorsalts), so that they can be erased "
           "one day and the signature stays good. The ledger takes them if the key was enrolled "
           "in it before, has not been revoked, and may sign for that role, dealer and date.",
           "输出加上 authorkey 与 authorsig 的事件，全部成功或不输出：对账本名称、属性与 data "
           "规范形式的 Ed25519 "
           "签名。个人信息以加盐哈希（authorsalts）签名，日后可擦除而签名仍有效。"
           "密钥须已登记于账本、未被吊销，且可为该角色、经销商与日期签名，账本才予接受。"},
      .example = {"tally sign filing.jsonl --key zhang.key | tally import -",
                  "tally sign filing.jsonl --key zhang.key --origin ledger.example/fleet > "
                  "signed.jsonl"},
      .options = {{"FILE",
                   "FILE",
                   ValueKind::text,
                   {"Files of events; - is standard input", "事件文件；- 为标准输入"},
                   true,
                   true},
                  {.name = "--key",
                   .value = "FILE",
                   .kind = ValueKind::text,
                   .help = {"The secret, as tally key new wrote it",
                            "tally key new 写出的密钥文件"},
                   .required = true},
                  {"--origin",
                   "NAME",
                   ValueKind::text,
                   {"The name of the ledger they are for (that of --data)",
                    "所属账本的名称（默认取 --data 所指账本）"}}},
      .run = run_sign,
  };
}

}  // namespace cli

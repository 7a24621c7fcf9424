#include "cli/import.h"

#include <unistd.h>

#include <system_error>

#include "cli/event_files.h"
#include "cli/event_line.h"
#include "cli/hex.h"
#include "cli/intake.h"
#include "cli/json_line.h"
#include "cli/ledger_access.h"
#include "cli/progress.h"
#include "cli/refused_lines.h"
#include "cli/rehearsal.h"
#include "cli/witness_consent.h"

namespace cli {
namespace {

constexpr std::uint64_t batch_default = 1'000;
constexpr std::uint64_t batch_max = 100'000;  // several batches are held in memory

// The bytes of all files together; 0 when one is not a plain file.
std::uint64_t total_bytes(const std::vector<std::string>& files) {
  std::uint64_t total = 0;
  for (const auto& file : files) {
    std::error_code failed;
    const auto size = std::filesystem::file_size(file, failed);
    if (failed) return 0;
    total += size;
  }
  return total;
}

// Says what the ledger holds now; the checkpoint is signed already.
ledger::Status print_summary(const IntakeCounts& counts, const ledger::Log& log, bool json,
                             Console& console) {
  const auto root = TRY(log.reader().root());
  if (json) {
    console.write(json_line([&](auto& object) {
      object.number("added", counts.added)
          .number("repeated", counts.repeated)
          .number("refused", counts.refused)
          .number("size", json_number(log.size()))
          .text("root", hex(root));
    }));
    return ledger::Ok{};
  }
  console.say("added {}, already there {}, refused {}", "新增 {}，已存在 {}，拒绝 {}", counts.added,
              counts.repeated, counts.refused);
  console.say("size {}\nroot {}", "规模 {}\n根哈希 {}", log.size().value, hex(root));
  return ledger::Ok{};
}

// All files must be there before anything of the first is appended.
ledger::Status check_present(const std::vector<std::string>& files, Console& console) {
  for (const auto& file : files) {
    if (file == "-") continue;
    std::error_code failed;
    const auto status = std::filesystem::status(file, failed);
    const bool readable = std::filesystem::exists(status) &&
                          !std::filesystem::is_directory(status) &&
                          ::access(file.c_str(), R_OK) == 0;
    if (readable) continue;
    const auto got =
        failed ? failed.message()
               : console.text("a directory, or no right to read it", "目录，或无读取权限");
    return ledger::Error{ledger::ErrorCode::not_found,
                         console.text("{}: got {}, wanted a file of events. Nothing was imported.",
                                      "{}：得到 {}，应为事件文件。未导入任何内容。", file, got)};
  }
  return ledger::Ok{};
}

void explain_refusal(const IntakeCounts& counts, Console& console) {
  console.error(console.text(
      "{0} refused in one batch, so nothing of that batch was appended and the import stopped "
      "there; "
      "{1} new events of the batches before are committed. Correct the input and import it "
      "again: what is there already is not appended twice.",
      "同一批中有 {0} 行被拒绝，该批未追加任何内容，导入就此停止；之前各批的 {1} 个新事件已提交。"
      "请更正输入后重新导入：已有的事件不会重复追加。",
      console.text("{} line(s) were", "{}", counts.refused), counts.added));
}

ledger::Result<Exit> run_import(const Arguments& arguments, Console& console) {
  const auto batch_limit = arguments.number("--batch").value_or(batch_default);
  const auto files = arguments.all("FILE");
  const auto format = TRY(EventFiles::from(arguments, console));
  if (const auto* const exit = std::get_if<Exit>(&format)) return *exit;
  const auto& event_files = std::get<EventFiles>(format);
  TRY(check_present(files, console));
  if (arguments.has("--dry-run")) return rehearse(event_files, files, arguments, console);
  const auto log = TRY(open_log(arguments, console));
  const bool acknowledge = arguments.has("--acknowledge");
  RefusedLines refused_lines(console);
  Intake intake(
      *log, batch_limit,
      [&](ledger::TreeSize size) {
        if (!acknowledge) return;
        console.write(
            json_line([&](auto& object) { object.number("acknowledged", json_number(size)); }));
        console.write_aside({});  // nothing to say, but the line must be out by now
      },
      [&](const RefusedLine& refused) { refused_lines.tell(refused); });

  ledger::Status read = ledger::Ok{};
  {
    Progress progress(console, console.text("import", "导入"), total_bytes(files));
    const auto take = [&](const auto& file, auto line, const auto& encode) {
      return intake.take(file, line, encode);
    };
    // Who writes into a pipe may wait to be told of what is there before writing more.
    const auto settle = [&] { return intake.await(); };
    read = event_files.read(files, take, progress, console, settle);
  }
  // Even after a failure the batches on their way count, if they arrived.
  const auto finished = read ? intake.finish() : intake.await();
  const auto failed = !read || !finished;
  const auto error = !finished ? finished.error() : !read ? read.error() : ledger::Error{};
  if (failed && error.code == ledger::ErrorCode::unavailable) {
    // The disk may refuse the checkpoint too; what stands is told before the error.
    if (const auto told = print_summary(intake.counts(), *log, arguments.json, console); !told) {
      console.note("{}", "{}", console.in(told.error().message));
    }
    return error;
  }

  TRY(log->sign_checkpoint());
  refused_lines.tell_rest();
  TRY(print_summary(intake.counts(), *log, arguments.json, console));
  // It is out before closing tidies up; what it cannot write is told at the end.
  static_cast<void>(console.flush());
  if (intake.counts().refused > 0) {
    explain_refusal(intake.counts(), console);
    return failed ? exit_of(error.code) : Exit::refused;
  }
  if (failed) {
    console.error(console.text(
        "{}\n  Nothing of this batch was appended; the {} new events of the batches before are "
        "committed.",
        "{}\n  该批未追加任何内容；之前各批的 {} 个新事件已提交。", console.in(error.message),
        intake.counts().added));
    return exit_of(error.code);
  }
  return Exit::done;
}

std::vector<Option> import_options() {
  std::vector<Option> options{{"FILE",
                               "FILE",
                               ValueKind::text,
                               {"Files of events; - is standard input", "事件文件；- 为标准输入"},
                               true,
                               true},
                              {"--batch",
                               "N",
                               ValueKind::positive,
                               {"Events of a batch, all or nothing (1000; at most 100000)",
                                "每批事件数，全有或全无（默认 1000，最多 100000）"},
                               false,
                               false,
                               batch_max}};
  for (const auto& option : file_format_options()) options.push_back(option);
  options.push_back({"--dry-run",
                     "",
                     ValueKind::flag,
                     {"Check everything, say what would come of it, write nothing",
                      "只校验并报告结果，不写入任何内容"}});
  options.push_back({"--acknowledge",
                     "",
                     ValueKind::flag,
                     {"Print the size of the log after every batch on disk, as a line of JSON",
                      "每批落盘后以一行 JSON 输出日志规模"}});
  options.push_back(threads_option());
  options.push_back(without_witnesses_option());
  return options;
}

}  // namespace

Command import_command() {
  return {
      .name = "import",
      .summary = {"Validate events and append them", "校验并追加事件"},
      .details =
          {"Reads events in the outside form (CloudEvents 1.0, one JSON object a line; `-` is "
           "standard input) and appends them in batches, each all or nothing. A refused line is "
           "named with its file, line and field, with what was got and what was wanted; nothing "
           "of its batch is appended and the import stops there. Importing the same file again "
           "appends nothing new, so an interrupted import is simply repeated. Empty lines are "
           "skipped. With --format csv the rows of a spreadsheet become events through a map of "
           "its columns; a refused cell is named with its line and column.",
           "读取外部格式的事件（CloudEvents 1.0，每行一个 JSON 对象；`-` 表示标准输入），分批追加，"
           "每批要么全部成功要么全部不追加。被拒绝的行会给出文件、行号、字段、实际值与期望值；"
           "其所在批次不追加任何内容，导入就此停止。重复导入同一文件不会重复追加，"
           "因此中断后只需重新运行。空行跳过。--format csv "
           "通过列映射把表格的行变为事件；被拒绝的单元格会给出行与列。"},
      .example = {"tally import events.jsonl",
                  "tally generate --events 1000 --seed 1 | tally import -",
                  "tally import --format csv --map deliveries.toml --dry-run deliveries.csv"},
      .options = import_options(),
      .run = run_import,
  };
}

}  // namespace cli

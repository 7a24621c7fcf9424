#include "cli/backup.h"

#include "cli/hex.h"
#include "cli/json_line.h"
#include "ledger/backup.h"
#include "ledger/base/time.h"

namespace cli {
namespace {

void print_json(const ledger::Backup& backup, Console& console) {
  console.write(json_line([&](auto& object) {
    object.number("backup", backup.id.value);
    if (backup.label) {
      object.number("entries", json_number(backup.label->entries))
          .text("root", hex(backup.label->root))
          .text("made", ledger::to_string_utc(backup.made_ns))
          .number("bytes", static_cast<std::int64_t>(backup.bytes))
          .number("copied_bytes", static_cast<std::int64_t>(backup.copied_bytes));
    }
    object.truth("damaged", !backup.label);
  }));
}

void print_prose(const ledger::Backup& backup, Console& console) {
  if (!backup.label) {
    console.say("backup {}: damaged", "备份 {}：已损坏", backup.id.value);
    return;
  }
  console.say("backup {}: {} entries, made {}, {} bytes, {} of them new",
              "备份 {}：{} 个条目，建于 {}，{} 字节，其中新增 {}", backup.id.value,
              backup.label->entries.value, ledger::to_string_utc(backup.made_ns), backup.bytes,
              backup.copied_bytes);
}

void print(const ledger::Backup& backup, bool json, Console& console) {
  json ? print_json(backup, console) : print_prose(backup, console);
}

// The exit status says whether all of them can be restored, as far as sizes tell.
ledger::Result<Exit> list(const std::string& directory, bool json, Console& console) {
  const auto archive = TRY(ledger::Archive::open(directory));
  auto exit = Exit::done;
  for (const auto& backup : archive.backups()) {
    print(backup, json, console);
    if (!backup.label) exit = Exit::check_failed;
  }
  return exit;
}

ledger::Result<Exit> run_backup(const Arguments& arguments, Console& console) {
  const auto directory = *arguments.text("DIR");
  if (arguments.has("--list")) return list(directory, arguments.json, console);
  const ledger::BackupOptions options{.with_key = arguments.has("--with-key"),
                                      .reread = arguments.has("--check")};
  const auto backup = TRY(ledger::back_up(arguments.data, directory, options));
  print(backup, arguments.json, console);
  if (!arguments.json) console.say("root {}", "根哈希 {}", hex(backup.label->root));
  if (!options.with_key) {
    console.note(
        "The signing key is not part of a backup: keep a copy of {} elsewhere, or use --with-key.",
        "备份不含签名密钥：请另行保存 {} 的副本，或使用 --with-key。",
        (arguments.data / "signing.key").string());
  }
  return Exit::done;
}

}  // namespace

Command backup_command() {
  return {
      .name = "backup",
      .summary = {"Back up the ledger while it is in use", "在使用中备份账本"},
      .details =
          {"Adds a backup of the ledger, its config and its newest checkpoint to a directory of "
           "backups. It may run beside a writer; each backup costs only what is new, and one that "
           "is interrupted harms no other. A ledger that does not continue the newest backup "
           "there is refused (exit status 1). The signing key stays out unless --with-key asks "
           "for it: whoever has it can sign another history.",
           "将账本、其配置与最新检查点的备份加入备份目录。可与写入进程同时运行；每次备份仅占用新增"
           "部分，"
           "中断的备份不影响其他备份。若账本并非该处最新备份的延续，则拒绝执行（退出状态 1）。"
           "除非指定 --with-key，否则不含签名密钥：持有密钥者可签署另一份历史。"},
      .example = {"tally backup backups", "tally backup backups --list"},
      .options = {{"DIR",
                   "DIR",
                   ValueKind::text,
                   {"The directory of backups; made if it is not there", "备份目录；不存在时新建"},
                   true},
                  {"--check",
                   "",
                   ValueKind::flag,
                   {"Read every file of the new backup again and compare checksums",
                    "重新读取新备份的每个文件并比对校验和"}},
                  {"--list",
                   "",
                   ValueKind::flag,
                   {"Print the backups that are there; make none", "列出已有备份，不新建"}},
                  {"--with-key",
                   "",
                   ValueKind::flag,
                   {"Copy the signing key, too, readable by its owner only",
                    "同时复制签名密钥（仅所有者可读）"}}},
      .run = run_backup,
  };
}

}  // namespace cli

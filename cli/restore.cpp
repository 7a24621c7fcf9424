#include "cli/restore.h"

#include "cli/hex.h"
#include "cli/json_line.h"
#include "cli/progress.h"
#include "cli/witness_consent.h"
#include "ledger/backup.h"

namespace cli {
namespace {

constexpr std::uint64_t id_max = 0xFFFF'FFFF;

void print(const ledger::Restored& restored, const Arguments& arguments, Console& console) {
  const auto& label = *restored.backup.label;
  if (arguments.json) {
    console.write(json_line([&](auto& object) {
      object.number("backup", restored.backup.id.value)
          .number("entries", json_number(label.entries))
          .text("root", hex(label.root))
          .number("checkpoint_size", json_number(restored.high_water))
          .truth("signing_key", restored.has_key);
    }));
  } else {
    console.say("backup {} restored and verified: {} entries, signed up to {}\nroot {}",
                "备份 {} 已恢复并核验：{} 个条目，已签名至 {}\n根哈希 {}", restored.backup.id.value,
                label.entries.value, restored.high_water.value, hex(label.root));
  }
  if (restored.has_key) return;
  console.note(
      "It can be read, but not written until the signing key is put back as {} (mode 0600).",
      "可读取；在将签名密钥放回 {}（权限 0600）之前不可写入。",
      (arguments.data / "signing.key").string());
}

ledger::Result<Exit> run_restore(const Arguments& arguments, Console& console) {
  Progress progress(console, console.text("verify", "核验"), 0);
  ledger::RestoreOptions options;
  if (const auto id = arguments.number("--backup")) {
    options.id = ledger::BackupId{static_cast<std::uint32_t>(*id)};
  }
  if (const auto high_water = arguments.text("--high-water")) options.high_water = *high_water;
  options.threads = static_cast<unsigned>(arguments.number("--threads").value_or(threads_default));
  // Progress is told from a thread of the verification, one call at a time.
  options.progress = [&](std::uint64_t done, std::uint64_t total) {
    progress.expect(total);
    progress.show(done, done);
  };
  if (!arguments.has("--without-witnesses")) {
    options.consent = [&console](const std::filesystem::path& folder) {
      return ask_about_restored(folder, console);
    };
  }
  const auto restored = TRY(ledger::restore(*arguments.text("DIR"), arguments.data, options));
  print(restored, arguments, console);
  return Exit::done;
}

}  // namespace

Command restore_command() {
  return {
      .name = "restore",
      .summary = {"Restore a backup and verify it", "恢复备份并核验"},
      .details =
          {"Restores a backup into the ledger's directory (--data), which must be absent or empty, "
           "and verifies every entry before it is a ledger again. Anything wrong: exit status 1, "
           "and the directory is left as it was. If you still have a checkpoint that is newer "
           "than the backup (--high-water, or high-water already in the directory), the restored "
           "log must reach it: an old backup never passes for the present. The "
           "witnesses of a ledger that has some are asked, too: below or beside what one of them "
           "signed nothing is restored, unless --without-witnesses says that it is to be read "
           "only. signing.key may lie in "
           "the directory already.",
           "将备份恢复到账本目录（--data，须不存在或为空），核验全部条目后方成为账本。"
           "若有任何问题：退出状态为 1，目录保持原状。若仍持有比备份更新的检查点"
           "（--high-water，或目录中已有 high-water），恢复的日志必须达到它：旧备份不能冒充现状。"
           "账本若有见证方也会询问：低于或不同于其所签内容的备份不予恢复，除非以 "
           "--without-witnesses 表明仅供读取。"
           "目录中可预先放有 signing.key。"},
      .example = {"tally restore backups --data restored",
                  "tally restore backups --backup 3 --high-water high-water --data restored"},
      .options = {{"DIR", "DIR", ValueKind::text, {"The directory of backups", "备份目录"}, true},
                  {"--backup",
                   "ID",
                   ValueKind::positive,
                   {"The backup to restore (the newest)", "要恢复的备份（默认最新）"},
                   false,
                   false,
                   id_max},
                  {"--high-water",
                   "FILE",
                   ValueKind::text,
                   {"A checkpoint that the restored log must reach",
                    "恢复后的日志必须达到的检查点"}},
                  {"--without-witnesses",
                   "",
                   ValueKind::flag,
                   {"Restore, to be read, also what its witnesses saw more of",
                    "即使见证方曾见到更多内容也恢复，以供读取"}},
                  threads_option()},
      .run = run_restore,
  };
}

}  // namespace cli

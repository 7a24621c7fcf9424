#include "cli/verify.h"

#include <algorithm>
#include <optional>

#include "cli/doubt.h"
#include "cli/finding_report.h"
#include "cli/held_against.h"
#include "cli/hex.h"
#include "cli/json_line.h"
#include "cli/kept_checkpoint.h"
#include "cli/own_witnesses.h"
#include "cli/personal_check.h"
#include "cli/policy_file.h"
#include "cli/progress.h"
#include "cli/trust.h"
#include "cli/verify_part.h"
#include "cli/verify_tiles.h"
#include "ledger/verify.h"

namespace cli {
namespace {

using ledger::Finding;
using ledger::Verification;

// A clock that stands still is no difference: the entries of a batch share a time. But one
// that was behind for long looks the same, so people see the longest run.
void print_longest_stretch(const Verification& verification, Console& console) {
  const auto& stretches = verification.clock_stretches;
  const auto longest =
      std::max_element(stretches.begin(), stretches.end(), [](const auto& a, const auto& b) {
        return a.last.value - a.first.value < b.last.value - b.first.value;
      });
  if (longest == stretches.end()) return;
  console.say("longest run with one appended time: entries {} to {}, {}",
              "同一入账时间的最长区段：条目 {} 至 {}，{}", longest->first.value,
              longest->last.value, ledger::to_string_utc(longest->appended_ns));
}

void print_summary(const Verification& verification, const std::optional<HeldAgainst>& against,
                   const std::optional<ledger::SealedAudit>& personal,
                   const std::optional<OwnWitnesses>& witnesses, bool json, Console& console) {
  if (json) {
    console.write(json_line([&](auto& object) {
      object.number("entries", json_number(verification.entries))
          .number("verified", static_cast<std::int64_t>(verification.verified))
          .number("unsigned_tail", static_cast<std::int64_t>(verification.unsigned_tail))
          .number("differences", static_cast<std::int64_t>(verification.differences));
      if (verification.root) object.text("root", hex(*verification.root));
      object.number("checkpoint_size", json_number(verification.checkpoint_size));
      if (verification.mentions_size) {
        object.number("mentions_size", json_number(*verification.mentions_size));
      }
      if (personal) {
        object.number("sealed", static_cast<std::int64_t>(personal->sealed))
            .number("opened", static_cast<std::int64_t>(personal->opened))
            .number("erased", static_cast<std::int64_t>(personal->erased));
      }
      if (verification.author_signatures > 0) {
        object.number("author_signatures",
                      static_cast<std::int64_t>(verification.author_signatures));
      }
      if (witnesses) witnesses->print(object);
      if (!against) return;
      object.number("compared", static_cast<std::int64_t>(against->compared))
          .number("not_compared", static_cast<std::int64_t>(against->not_compared));
    }));
    return;
  }
  console.say("{} entries, {} verified, {} not signed yet, {} differences",
              "{} 个条目，{} 个已核验，{} 个尚未签名，{} 处差异", verification.entries.value,
              verification.verified, verification.unsigned_tail, verification.differences);
  if (verification.root) console.say("root {}", "根哈希 {}", hex(*verification.root));
  console.say("newest good checkpoint: size {}", "最新有效检查点：规模 {}",
              verification.checkpoint_size.value);
  if (verification.mentions_size) {
    console.say("map of mentions recomputed: as signed over {} entries",
                "已重算提及索引：与针对 {} 个条目的签名一致", verification.mentions_size->value);
  }
  if (verification.author_signatures > 0) {
    console.say("signatures of authors: {} good", "提交者签名：{} 个有效",
                verification.author_signatures);
  }
  print_longest_stretch(verification, console);
  if (personal) {
    console.say("{} sealed values: {} opened, {} of persons erased",
                "{} 个密封字段：{} 个可打开，{} 个属于已删除的个人", personal->sealed,
                personal->opened, personal->erased);
  }
  if (witnesses) witnesses->print(console);
  if (!against) return;
  console.say("held against the copy: {} entries, {} could not be",
              "已与副本比对：{} 个条目，{} 个无法比对", against->compared, against->not_compared);
}

// Damage that keeps the ledger from opening is a difference like any other.
Verification unopened(const ledger::Error& error) {
  Verification verification{};
  verification.differences = 1;
  verification.findings.push_back(
      {.where = Finding::Where::file,
       .index = {},
       .expected = ledger::Message("a ledger that opens", "能够打开的账本"),
       .found = error.message,
       .type = {},
       .subject = {}});
  return verification;
}

ledger::Result<Verification> verify_all(const Arguments& arguments, Console& console) {
  Progress progress(console, console.text("verify", "核验"), 0);
  ledger::VerifyOptions options;
  options.threads = threads_of(arguments);
  // Progress is told from a thread of the verification, one call at a time.
  options.progress = [&](std::uint64_t done, std::uint64_t total) {
    progress.expect(total);
    progress.show(done, done);
  };
  auto verification = ledger::verify(arguments.data, options);
  if (verification) return verification;
  if (verification.error().code != ledger::ErrorCode::corrupt) return verification;
  return unopened(verification.error());
}

ledger::Result<Exit> run_verify(const Arguments& arguments, Console& console) {
  if (contradict(arguments, console)) return Exit::usage;
  if (wants_part(arguments)) return verify_part(arguments, console);
  if (arguments.has("--tiles")) return verify_tiles(arguments, console);
  if (wants_tiles(arguments, console)) return Exit::usage;
  auto verification = TRY(verify_all(arguments, console));
  const auto personal = TRY(check_personal(arguments, console, verification));
  const auto copy = arguments.text("--against");
  std::optional<HeldAgainst> against;
  std::optional<Doubt> doubt;
  const auto evidence = ledger::Evidence::open(arguments.data);
  // A ledger that does not open has its finding already.
  if (evidence) {
    auto difference = TRY(compare_given(arguments, *evidence, console));
    if (difference) {
      ++verification.differences;
      verification.findings.push_back(*std::move(difference));
    }
    if (copy) against = TRY(hold_against(*copy, arguments, console, *evidence, verification));
    doubt.emplace(*evidence, verification.findings,
                  against ? against->differing : std::vector<ledger::DifferingEntry>(),
                  threads_of(arguments));
  }
  for (const auto& finding : verification.findings) {
    print_finding(finding, doubt ? doubt->about(finding) : Background(), arguments.json, console);
  }
  print_summary(verification, against, personal, OwnWitnesses::of(arguments.data), arguments.json,
                console);
  const bool copy_sound = !against || against->unproven == 0;
  if (!copy_sound) {
    console.error(
        console.text("{0} holds {1} entries that are neither this ledger's nor what its "
                     "own checkpoint signs. They prove nothing: `tally verify` tells what "
                     "is wrong with that copy.",
                     "{0} 中有 {1} "
                     "个条目既与本账本不同，也不是其自身检查点所签。它们不能证明任何事：请用 "
                     "`tally verify` 核验该副本。",
                     *copy, against->unproven));
  }
  if (verification.differences == 0) return copy_sound ? Exit::done : Exit::check_failed;
  console.error(
      console.text("{0} differs in {1} place(s) from what was signed. Keep this directory as "
                   "evidence, compare it "
                   "with a copy or with checkpoints that others hold (tally verify --checkpoint "
                   "FILE --vkey KEY), "
                   "and do not write to it.",
                   "{0} 有 {1} 处与所签内容不符。请保留此目录作为证据，与副本或他人持有的检查点比对"
                   "（tally verify --checkpoint 文件 --vkey 公钥），并停止写入。",
                   arguments.data.string(), verification.differences));
  return Exit::check_failed;
}

}  // namespace

Command verify_command() {
  Command command{
      .name = "verify",
      .summary = {"Recompute everything from the stored bytes", "由存储字节重算一切并核验"},
      .details =
          {"Reads every stored entry, recomputes checksums, hashes, tiles and the root, and "
           "compares them with the signed checkpoints. Every difference is printed with the "
           "event, the lines and the money that depend on it; the exit status is then 1. A "
           "checkpoint and key kept elsewhere catch even an owner who rewrote everything; a "
           "second copy says which field was altered.",
           "读取每个存储条目，重算校验和、哈希、瓦片与根，并与已签名的检查点比较。"
           "每处差异连同所涉事件、行与金额一并输出，此时退出状态为 1。"
           "留存于他处的检查点与公钥可发现连所有者也重写过的历史；另一副本可指出被改的字段。"},
      .example = {"tally verify", "tally verify --checkpoint checkpoint.txt --vkey \"$KEY\"",
                  "tally verify --against restored-backup",
                  "tally verify --sample 2026-11-24 --count 500", "tally verify --fast",
                  "tally verify --tiles /srv/log --vkey \"$KEY\" --checkpoints kept/"},
      .options = {{"--checkpoint",
                   "FILE",
                   ValueKind::text,
                   {"A checkpoint kept elsewhere, to compare with",
                    "留存于他处的检查点，用于比较"}},
                  {"--vkey",
                   "KEY",
                   ValueKind::text,
                   {"The verifier key to trust, not the ledger's own word",
                    "所信任的验证公钥，而非账本自述"}},
                  {"--against",
                   "DIR",
                   ValueKind::text,
                   {"A second copy, to compare every entry with: a ledger's directory, such as a "
                    "restored backup, or a published folder",
                    "用于逐条比对的另一副本：账本目录（如恢复的备份）或已发布的文件夹"}},
                  policy_option(),
                  tiles_option(),
                  kept_checkpoints_option(),
                  origin_option(),
                  witness_option(),
                  threads_option()},
      .run = run_verify,
  };
  auto parts = part_options();
  command.options.insert(command.options.end() - 1, parts.begin(), parts.end());
  return command;
}

}  // namespace cli

#include "cli/verify.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <set>

#include "cli/hex.h"
#include "cli/json_line.h"
#include "cli/ledger_access.h"
#include "cli/printable.h"
#include "cli/progress.h"
#include "cli/stake.h"
#include "cli/yuan.h"
#include "ledger/proof/checkpoint.h"
#include "ledger/proof/key.h"
#include "ledger/verify.h"

namespace cli {
namespace {

using ledger::Finding;
using ledger::Verification;

// What the differences put in doubt, as far as the rest of the log can tell.
class Doubt {
 public:
  Doubt(const Arguments& arguments, Console& console, const Verification& verification) {
    if (verification.findings.empty()) return;
    auto reader = open_reader(arguments, console);
    if (!reader) return;
    reader_ = std::make_unique<ledger::Reader>(*std::move(reader));
    std::set<ledger::Sequence> damaged;
    std::set<std::string> subjects;
    for (const auto& finding : verification.findings) {
      if (!finding.subject.empty()) subjects.insert(finding.subject);
      if (finding.index && *finding.index < ledger::Sequence{reader_->size().value}) {
        damaged.insert(*finding.index);
      }
    }
    const Salvage sound(*reader_, {damaged.begin(), damaged.end()});
    auto stake = Stake::of(sound, subjects);
    if (stake) stake_ = *std::move(stake);
  }

  std::optional<Dependents> about(const Finding& finding) const {
    if (!stake_ || finding.subject.empty()) return std::nullopt;
    return stake_->of_stream(finding.subject);
  }

 private:
  std::unique_ptr<ledger::Reader> reader_;
  std::optional<Stake> stake_;
};

void print_json(const Finding& finding, const std::optional<Dependents>& dependents,
                Console& console) {
  console.write(json_line([&](auto& object) {
    if (finding.index) object.number("index", static_cast<std::int64_t>(finding.index->value));
    object.text("where", name_of(finding.where))
        .text("expected", finding.expected)
        .text("found", finding.found);
    if (!finding.type.empty()) object.text("type", finding.type);
    if (!finding.subject.empty()) object.text("subject", finding.subject);
    if (!dependents) return;
    object
        .array("lines", dependents->lines,
               [](const std::string& line, std::string& out) {
                 projections::append_quoted(line, out);
               })
        .number("fen_at_stake", dependents->fen);
  }));
}

void print_prose(const Finding& finding, const std::optional<Dependents>& dependents,
                 Console& console) {
  auto where = std::string(name_of(finding.where));
  if (finding.index) {
    where = console.text("entry {}, {}", "条目 {}，{}", finding.index->value, where);
  }
  if (!finding.type.empty()) where += fmt::format(": {} {}", finding.type, finding.subject);
  where = printable(where);
  console.say("{}\n  expected  {}\n  found     {}", "{}\n  应为  {}\n  实为  {}", where,
              printable(finding.expected), printable(finding.found));
  if (dependents && !dependents->lines.empty()) {
    console.say("  at stake  {} yuan: {}", "  涉及  {} 元：{}", yuan(dependents->fen),
                printable(fmt::format("{}", fmt::join(dependents->lines, ", "))));
  }
}

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
              "同一追加时间的最长区段：条目 {} 至 {}，{}", longest->first.value,
              longest->last.value, ledger::to_string_utc(longest->appended_ns));
}

void print_summary(const Verification& verification, bool json, Console& console) {
  if (json) {
    console.write(json_line([&](auto& object) {
      object.number("entries", json_number(verification.entries))
          .number("verified", static_cast<std::int64_t>(verification.verified))
          .number("unsigned_tail", static_cast<std::int64_t>(verification.unsigned_tail))
          .number("differences", static_cast<std::int64_t>(verification.differences));
      if (verification.root) object.text("root", hex(*verification.root));
      object.number("checkpoint_size", json_number(verification.checkpoint_size));
    }));
    return;
  }
  console.say("{} entries, {} verified, {} not signed yet, {} differences",
              "{} 个条目，{} 个已核验，{} 个尚未签名，{} 处差异", verification.entries.value,
              verification.verified, verification.unsigned_tail, verification.differences);
  if (verification.root) console.say("root {}", "根哈希 {}", hex(*verification.root));
  console.say("newest good checkpoint: size {}", "最新有效检查点：规模 {}",
              verification.checkpoint_size.value);
  print_longest_stretch(verification, console);
}

// An error of something given beside the ledger, with its name in front.
template <class T>
ledger::Result<T> naming(std::string_view option, ledger::Result<T> result) {
  if (result) return result;
  auto error = std::move(result).error();
  error.message = fmt::format("{}: {}", option, error.message);
  return error;
}

ledger::Result<std::string> read_note(const std::string& path, Console& console) {
  std::ifstream file(path, std::ios::binary);
  std::string note{std::istreambuf_iterator<char>(file), {}};
  if (file && !note.empty()) return note;
  return ledger::Error{
      ledger::ErrorCode::not_found,
      console.text("--checkpoint {}: got no file that can be read, wanted a "
                   "checkpoint as `tally checkpoint` prints it.",
                   "--checkpoint {}：无法读取，应为 `tally checkpoint` 输出的检查点。", path)};
}

// What a checkpoint kept elsewhere says about this log; nothing when they agree.
ledger::Result<std::optional<Finding>> compare_kept(const ledger::Reader& reader,
                                                    const std::string& note,
                                                    const ledger::proof::VerifierKey& key,
                                                    Console& console) {
  const auto kept =
      TRY(naming("--checkpoint", ledger::proof::open_checkpoint(note, key, key.name())));
  const auto size = kept.tree.size;
  if (size.value > reader.size().value) {
    return std::optional(Finding{
        .where = Finding::Where::checkpoint,
        .index = {},
        .expected = console.text("a log of at least {} entries, as the kept checkpoint signed",
                                 "至少 {} 个条目的日志（留存的检查点所签）", size.value),
        .found = console.text("{} entries", "{} 个条目", reader.size().value),
        .type = {},
        .subject = {}});
  }
  const auto root = TRY(reader.at(size).root());
  if (root == kept.tree.root) return std::optional<Finding>();
  return std::optional(
      Finding{.where = Finding::Where::checkpoint,
              .index = {},
              .expected = console.text("root {} at size {}, as the kept checkpoint signed",
                                       "规模 {1} 时根哈希为 {0}（留存的检查点所签）",
                                       hex(kept.tree.root), size.value),
              .found = hex(root),
              .type = {},
              .subject = {}});
}

// What the arguments want compared besides the ledger with itself: its key with `--vkey`,
// its past with `--checkpoint`.
ledger::Result<std::optional<Finding>> compare_given(const Arguments& arguments, Console& console) {
  const auto given_key = arguments.text("--vkey");
  const auto given_note = arguments.text("--checkpoint");
  if (!given_key && !given_note) return std::optional<Finding>();
  const auto reader = TRY(open_reader(arguments, console));
  const auto own_key = reader.verifier_key();
  const auto key =
      TRY(naming("--vkey", ledger::proof::VerifierKey::parse(given_key.value_or(own_key))));
  if (key.text() != own_key) {
    return std::optional(Finding{.where = Finding::Where::checkpoint,
                                 .index = {},
                                 .expected = key.text(),
                                 .found = own_key,
                                 .type = {},
                                 .subject = {}});
  }
  if (!given_note) return std::optional<Finding>();
  return compare_kept(reader, TRY(read_note(*given_note, console)), key, console);
}

// Damage that keeps the ledger from opening is a difference like any other.
Verification unopened(const ledger::Error& error, Console& console) {
  Verification verification{};
  verification.differences = 1;
  verification.findings.push_back(
      {.where = Finding::Where::file,
       .index = {},
       .expected = console.text("a ledger that opens", "能够打开的账本"),
       .found = error.message,
       .type = {},
       .subject = {}});
  return verification;
}

ledger::Result<Verification> verify_all(const Arguments& arguments, Console& console) {
  Progress progress(console, console.text("verify", "核验"), 0);
  ledger::VerifyOptions options;
  options.threads = static_cast<unsigned>(arguments.number("--threads").value_or(threads_default));
  // Progress is told from a thread of the verification, one call at a time.
  options.progress = [&](std::uint64_t done, std::uint64_t total) {
    progress.expect(total);
    progress.show(done, done);
  };
  auto verification = ledger::verify(arguments.data, options);
  if (verification) {
    const auto difference = TRY(compare_given(arguments, console));
    if (difference) {
      ++verification->differences;
      verification->findings.push_back(*difference);
    }
    return verification;
  }
  if (verification.error().code != ledger::ErrorCode::corrupt) return verification;
  return unopened(verification.error(), console);
}

ledger::Result<Exit> run_verify(const Arguments& arguments, Console& console) {
  const auto verification = TRY(verify_all(arguments, console));
  const Doubt doubt(arguments, console, verification);
  for (const auto& finding : verification.findings) {
    const auto dependents = doubt.about(finding);
    if (arguments.json) {
      print_json(finding, dependents, console);
    } else {
      print_prose(finding, dependents, console);
    }
  }
  print_summary(verification, arguments.json, console);
  if (verification.differences == 0) return Exit::done;
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
  return {
      .name = "verify",
      .summary = {"Recompute everything from the stored bytes", "由存储字节重算一切并核验"},
      .details = {"Reads every stored entry, recomputes checksums, hashes, tiles and the root, and "
                  "compares them with the signed checkpoints. Every difference is printed with the "
                  "event, the lines and the money that depend on it; the exit status is then 1. A "
                  "checkpoint and key kept elsewhere catch even an owner who rewrote everything.",
                  "读取每个存储条目，重算校验和、哈希、瓦片与根，并与已签名的检查点比较。"
                  "每处差异连同所涉事件、行与金额一并输出，此时退出状态为 1。"
                  "留存于他处的检查点与公钥可发现连所有者也重写过的历史。"},
      .example = {"tally verify", "tally verify --checkpoint checkpoint.txt --vkey \"$KEY\""},
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
                  threads_option()},
      .run = run_verify,
  };
}

}  // namespace cli

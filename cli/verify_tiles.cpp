#include "cli/verify_tiles.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "cli/hex.h"
#include "cli/input_file.h"
#include "cli/json_line.h"
#include "cli/printable.h"
#include "cli/progress.h"
#include "cli/trust.h"
#include "cli/verify_mentions.h"
#include "ledger/proof/published_audit.h"
#include "ledger/published_folder.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
namespace proof = ledger::proof;
using proof::PublishedFinding;
using Where = PublishedFinding::Where;

std::string_view name_of(Where where) {
  switch (where) {
    case Where::entry:
      return "entry";
    case Where::tile:
      return "tile";
    case Where::checkpoint:
      return "checkpoint";
    case Where::file:
      return "file";
  }
  return {};
}

// Prints findings as they come, and counts them.
class Report {
 public:
  Report(bool json, Console& console) : json_(json), console_(console) {}

  std::uint64_t differences() const { return differences_; }

  void add(const PublishedFinding& finding) {
    ++differences_;
    if (json_) {
      console_.write(json_line([&](auto& object) {
        if (finding.index) object.number("index", static_cast<std::int64_t>(finding.index->value));
        object.text("where", name_of(finding.where))
            .text("expected", finding.expected.en)
            .text("found", finding.found.en);
      }));
      return;
    }
    auto where = std::string(name_of(finding.where));
    if (finding.index && finding.where == Where::entry) {
      where = console_.text("entry {}", "条目 {}", finding.index->value);
    } else if (finding.index) {
      where =
          console_.text("entries from {} on, {}", "自条目 {} 起，{}", finding.index->value, where);
    }
    console_.say("{}\n  expected  {}\n  found     {}", "{}\n  应为  {}\n  实为  {}", where,
                 printable(console_.in(finding.expected)), printable(console_.in(finding.found)));
  }

 private:
  bool json_;
  Console& console_;
  std::uint64_t differences_ = 0;
};

struct Verified {
  std::optional<TrustedCheckpoint> newest;  // the folder's own, if it could be opened
  proof::PublishedCoverage coverage;
  std::uint64_t older = 0;  // kept checkpoints compared with it
  PublishedMentions mentions;
};

// The files that hold kept checkpoints, by name.
ledger::Result<std::vector<fs::path>> kept_checkpoints(const Arguments& arguments,
                                                       Console& console) {
  std::vector<fs::path> paths;
  if (const auto file = arguments.text("--checkpoint")) paths.emplace_back(*file);
  const auto folder = arguments.text("--checkpoints");
  if (!folder) return paths;
  std::error_code code;
  const auto begin = paths.size();
  for (fs::directory_iterator entry(*folder, code), end; !code && entry != end;
       entry.increment(code)) {
    if (entry->is_regular_file(code)) {
      paths.push_back(entry->path());
    } else {
      console.note("{}: no file, not read", "{}：不是文件，未读取", entry->path().string());
    }
  }
  if (code) {
    return ledger::Error{
        ledger::ErrorCode::not_found,
        console.text("--checkpoints {}: {}", "--checkpoints {}：{}", *folder, code.message())};
  }
  std::sort(paths.begin() + static_cast<std::ptrdiff_t>(begin), paths.end());
  return paths;
}

ledger::Status compare_kept(const fs::path& path, proof::PublishedFiles& files,
                            const TrustedCheckpoint& newest, Report& report, Console& console) {
  const auto note = TRY(read_input("--checkpoints", path.string(), console));
  // Kept ones count by the log's signature: witnesses may have come later.
  const auto kept = proof::open_checkpoint(note, newest.log.key, newest.log.origin);
  if (!kept) {
    report.add({Where::checkpoint, std::nullopt,
                ledger::worded("{} as a checkpoint signed by {}", "{} 为 {} 所签的检查点",
                               path.string(), newest.log.key.text()),
                kept.error().message});
    return ledger::Ok{};
  }
  const auto difference =
      TRY(proof::compare_older(files, newest.checkpoint.tree, kept->tree, path.string()));
  if (difference) report.add(*difference);
  return ledger::Ok{};
}

// The folder's own checkpoint; nothing, and a finding, when it is not there or not good.
ledger::Result<std::optional<TrustedCheckpoint>> newest_checkpoint(proof::PublishedFiles& files,
                                                                   const Trust& trust,
                                                                   Report& report) {
  const auto note = files.read(std::string(proof::checkpoint_path));
  if (!note && note.error().code == ledger::ErrorCode::unavailable) return note.error();
  if (!note) {
    report.add(
        {Where::file, std::nullopt, std::string(proof::checkpoint_path), note.error().message});
    return std::optional<TrustedCheckpoint>();
  }
  auto trusted = open_trusted(ledger::text_of(*note), trust);
  if (trusted) return std::optional(*std::move(trusted));
  report.add({Where::checkpoint, std::nullopt,
              ledger::worded("a checkpoint signed by {}", "{} 所签的检查点", trust.names()),
              trusted.error().message});
  return std::optional<TrustedCheckpoint>();
}

ledger::Result<Verified> verify_folder(const std::string& folder, const Arguments& arguments,
                                       Report& report, Console& console) {
  const auto trust = TRY(trust_of(arguments, console));
  const auto kept = TRY(kept_checkpoints(arguments, console));
  ledger::PublishedFolder files(folder);
  Verified verified;
  verified.newest = TRY(newest_checkpoint(files, trust, report));
  if (!verified.newest) return verified;
  const auto& tree = verified.newest->checkpoint.tree;
  {
    Progress progress(console, console.text("verify", "核验"), tree.size.value);
    proof::PublishedAuditOptions options;
    options.found = [&](const PublishedFinding& finding) { report.add(finding); };
    options.progress = [&](std::uint64_t done) { progress.show(done, done); };
    verified.coverage = TRY(proof::audit_published(files, tree, options));
  }
  for (const auto& path : kept) {
    TRY(compare_kept(path, files, *verified.newest, report, console));
    ++verified.older;
  }
  verified.mentions = TRY(verify_mentions(
      files, *verified.newest, [&](const PublishedFinding& finding) { report.add(finding); }));
  return verified;
}

void print_summary(const Verified& verified, std::uint64_t differences, bool json,
                   Console& console) {
  const auto size = verified.newest ? verified.newest->checkpoint.tree.size : ledger::TreeSize{0};
  const auto& coverage = verified.coverage;
  if (json) {
    console.write(json_line([&](auto& object) {
      object.number("entries", json_number(size))
          .number("verified", static_cast<std::int64_t>(coverage.entries))
          .number("unsigned_tail", 0)
          .number("differences", static_cast<std::int64_t>(differences));
      if (coverage.root) object.text("root", hex(*coverage.root));
      object.number("checkpoint_size", json_number(size))
          .number("hashes_only", static_cast<std::int64_t>(coverage.hashes_only))
          .number("checkpoints", static_cast<std::int64_t>(verified.older));
      if (verified.mentions.recomputed) {
        object.number("mentions_size", json_number(*verified.mentions.recomputed));
      }
    }));
    return;
  }
  if (!verified.newest) {
    console.say("nothing was verified: the newest checkpoint is not to be trusted",
                "未核验任何内容：最新检查点不可信");
    return;
  }
  console.say(
      "{}: {} entries, {} verified, {} differences", "{}：{} 个条目，{} 个已核验，{} 处差异",
      printable(verified.newest->checkpoint.origin), size.value, coverage.entries, differences);
  if (coverage.hashes_only != 0) {
    console.say(
        "of {} entries the hashes only: their bundles are not published, their bytes were "
        "not read",
        "{} 个条目仅核验哈希：未发布其条目包，未读取其字节", coverage.hashes_only);
  }
  if (coverage.root) console.say("root {}", "根哈希 {}", hex(*coverage.root));
  if (verified.older != 0) {
    console.say("{} older checkpoints compared", "已比较 {} 个旧检查点", verified.older);
  }
  if (verified.mentions.recomputed) {
    console.say("map of mentions recomputed: as signed over {} entries",
                "已重算提及索引：与针对 {} 个条目的签名一致", verified.mentions.recomputed->value);
  }
  if (verified.mentions.not_checked) {
    console.say("map of mentions over {} entries not checked: their bundles are not published",
                "未核对针对 {} 个条目的提及索引：未发布其条目包",
                verified.mentions.not_checked->value);
  }
}

}  // namespace

Option tiles_option() {
  return {.name = "--tiles",
          .value = "DIR",
          .kind = ValueKind::text,
          .help = {"Verify this published log instead of a ledger", "核验此发布目录而非账本"}};
}

Option kept_checkpoints_option() {
  return {.name = "--checkpoints",
          .value = "DIR",
          .kind = ValueKind::text,
          .help = {"With --tiles: older checkpoints, a file each, to compare with",
                   "配合 --tiles：旧检查点目录，每个文件一个，用于比较"}};
}

bool wants_tiles(const Arguments& arguments, Console& console) {
  for (const auto* const option : {"--checkpoints", "--origin", "--witness"}) {
    if (arguments.has("--tiles") || !arguments.has(option)) continue;
    console.error(
        console.text("{} goes with --tiles DIR. `tally verify --help` shows how to call it.",
                     "{} 须配合 --tiles 目录。`tally verify --help` 列出其用法。", option));
    return true;
  }
  return false;
}

ledger::Result<Exit> verify_tiles(const Arguments& arguments, Console& console) {
  const auto folder = arguments.text("--tiles").value_or("");
  if (!arguments.has("--vkey") && !arguments.has("--policy")) {
    console.error(console.text(
        "--tiles wants --vkey KEY or --policy FILE: a published log cannot vouch for its own "
        "key. `tally verify --help` shows how to call it.",
        "--tiles 须配合 --vkey 公钥或 --policy 文件：发布的日志不能自证其公钥。"
        "`tally verify --help` 列出其用法。"));
    return Exit::usage;
  }
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) {
    return ledger::Error{ledger::ErrorCode::not_found,
                         console.text("--tiles {}: there is no such folder; `tally publish` makes "
                                      "one.",
                                      "--tiles {}：没有该目录；`tally publish` 可生成。", folder)};
  }
  Report report(arguments.json, console);
  const auto verified = TRY(verify_folder(folder, arguments, report, console));
  print_summary(verified, report.differences(), arguments.json, console);
  if (report.differences() == 0) return Exit::done;
  console.error(
      console.text("{0} differs in {1} place(s) from what was signed. Keep this folder as evidence "
                   "and compare it "
                   "with other copies of the log.",
                   "{0} 有 {1} 处与所签内容不符。请保留此目录作为证据，并与该日志的其他副本比对。",
                   folder, report.differences()));
  return Exit::check_failed;
}

}  // namespace cli

#include "cli/check_completeness.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "cli/entry_folder.h"
#include "cli/input_file.h"
#include "cli/printable.h"
#include "ledger/codec.h"
#include "ledger/mention.h"
#include "ledger/proof/completeness_file.h"

namespace cli {
namespace {

namespace proof = ledger::proof;

ledger::Error no_folder(const std::string& folder, Console& console) {
  return {ledger::ErrorCode::not_found,
          console.text("--entries {}: there is no such folder; `tally prove --subject S --entries "
                       "DIR` makes one.",
                       "--entries {}：没有该目录；`tally prove --subject 主体 --entries 目录` "
                       "可生成。",
                       folder)};
}

// The events in a folder held against the list of a proof.
class EntryCheck {
 public:
  EntryCheck(std::string folder, const proof::CompletenessFile& file, const proof::TreeHead& tree,
             Console& console)
      : folder_(std::move(folder)), file_(file), tree_(tree), console_(console) {}

  // Every event listed is in the log and mentions the id; no other event there does. Returns a
  // line about each.
  ledger::Result<std::vector<std::string>> run() {
    std::error_code ignored;
    if (!std::filesystem::is_directory(folder_, ignored)) return no_folder(folder_, console_);
    for (const auto index : file_.indexes) TRY(check_listed(index));
    for (const auto index : indexes_in(folder_)) {
      if (!std::binary_search(file_.indexes.begin(), file_.indexes.end(), index)) {
        TRY(check_other(index));
      }
    }
    return std::move(lines_);
  }

 private:
  bool mentions_it(const ledger::Entry& entry) const {
    const auto ids = ledger::mentions_of(entry);
    return std::binary_search(ids.begin(), ids.end(), std::string_view(file_.id));
  }

  ledger::Status check_listed(ledger::Sequence index) {
    return read_entry(
        folder_, index, tree_, console_, [&](const ledger::Entry& entry) -> ledger::Status {
          if (!mentions_it(entry)) {
            return convicted(
                console_.text("entry {} is listed, and does not mention {}: the signed "
                              "map of mentions adds it",
                              "条目 {} 列于其中，却未提及 {}：已签名的提及索引多列了它",
                              index.value, printable(file_.id)));
          }
          lines_.push_back(fmt::format("  {}  {}  {}", index.value, ledger::type_name(entry.type()),
                                       printable(entry.event->subject()->string_view())));
          return ledger::Ok{};
        });
  }

  // What is not in this log says nothing about it.
  ledger::Status check_other(ledger::Sequence index) const {
    bool left_out = false;
    const auto proven = read_entry(folder_, index, tree_, console_,
                                   [&](const ledger::Entry& entry) -> ledger::Status {
                                     left_out = mentions_it(entry);
                                     return ledger::Ok{};
                                   });
    if (!proven || !left_out) return ledger::Ok{};
    return convicted(
        console_.text("entry {} is in the log, mentions {} and is not listed: the "
                      "signed map of mentions leaves it out",
                      "条目 {} 在日志中、提及 {}，却未列出：已签名的提及索引遗漏了它", index.value,
                      printable(file_.id)));
  }

  ledger::Error convicted(const std::string& what) const {
    return {ledger::ErrorCode::corrupt,
            what + console_.text(". Keep proof and entry together: they convict whoever signed",
                                 "。请将证明与条目一并保留：它们足以证明签名者作假")};
  }

  std::string folder_;
  const proof::CompletenessFile& file_;
  const proof::TreeHead& tree_;
  Console& console_;
  std::vector<std::string> lines_;
};

void print_list(const ProofFindings& findings, const std::vector<std::string>& lines,
                Console& console) {
  const auto size = findings.newest.checkpoint.tree.size.value;
  const auto id = printable(*findings.id);
  if (findings.indexes.empty()) {
    console.say("proven: by the signed map, none of the {} entries of that log mentions {}",
                "已证明：按已签名的提及索引，该日志的 {} 个条目均未提及 {}", size, id);
    return;
  }
  console.say("proven: by the signed map, of the {} entries of that log just {} mention {}:",
              "已证明：按已签名的提及索引，该日志的 {} 个条目中恰有 {} 个提及 {}：", size,
              findings.indexes.size(), id);
  if (!lines.empty()) {
    for (const auto& line : lines) console.say("{}", "{}", line);
    console.say("proven: each of them is in that log and mentions {}",
                "已证明：以上条目均在该日志中并提及 {}", id);
    return;
  }
  std::string list;
  for (const auto index : findings.indexes) list += " " + std::to_string(index.value);
  console.say(
      " {}\nnot checked: what these entries say. `tally prove --subject S --entries DIR` "
      "hands them out, --entries DIR checks them.",
      " {}\n未核对：这些条目的内容。`tally prove --subject 主体 --entries 目录` 导出条目，"
      "--entries 目录 予以核对。",
      list);
}

}  // namespace

bool proves_completeness(std::string_view text) {
  return text.starts_with("tally-complete@");
}

Option entries_option() {
  return {.name = "--entries",
          .value = "DIR",
          .kind = ValueKind::text,
          .help = {"The entries of a proof of completeness, each with its own proof",
                   "完备性证明所列条目及其各自的证明"}};
}

ledger::Result<ProofFindings> check_completeness(const std::string& text, const Trust& trust,
                                                 const Arguments& arguments, Console& console) {
  const auto file = TRY(failing(proof::parse_completeness_file(text)));
  auto newest = TRY(failing(open_trusted(file.checkpoint, trust)));
  TRY(failing(proof::check_completeness(file, newest.log.key, newest.log.origin)));
  ProofFindings findings{"completeness",
                         "count",
                         file.indexes.size(),
                         std::move(newest),
                         {"checkpoint", "completeness"},
                         {},
                         file.id,
                         file.indexes};
  std::vector<std::string> lines;
  if (const auto folder = arguments.text("--entries")) {
    lines = TRY(EntryCheck(*folder, file, findings.newest.checkpoint.tree, console).run());
    findings.checked.emplace_back("entries");
  } else if (!file.indexes.empty()) {
    findings.not_checked.emplace_back("entries");
  }
  findings.not_checked.emplace_back("map");
  if (arguments.json) return findings;
  print_checkpoint(findings.newest, console);
  print_list(findings, lines, console);
  console.say(
      "not checked: the map itself. The log's key vouches for it; whoever has all entries can "
      "recompute it: `tally verify`, or `tally verify --tiles DIR` of the published log.",
      "未核对：提及索引本身。它由日志的密钥担保；持有全部条目者可以重算："
      "`tally verify`，或对发布目录 `tally verify --tiles 目录`。");
  return findings;
}

}  // namespace cli

#include "cli/prove.h"

#include <algorithm>
#include <array>

#include "cli/entry_folder.h"
#include "cli/input_file.h"
#include "cli/json_line.h"
#include "cli/ledger_access.h"
#include "cli/progress.h"
#include "ledger/durable_file.h"
#include "ledger/log_proof.h"
#include "ledger/mention.h"
#include "ledger/mention_index.h"

namespace cli {
namespace {

struct Proof {
  ledger::TreeSize size;  // of the checkpoint
  std::string file;
};

// The checkpoint to prove against.
ledger::Result<ledger::SignedTree> head_of(const Arguments& arguments, const ledger::Reader& reader,
                                           Console& console) {
  const auto path = arguments.text("--checkpoint");
  if (!path) return ledger::newest_signed_tree(reader);
  auto note = TRY(read_input("--checkpoint", *path, console));
  return naming("--checkpoint", ledger::signed_tree_of(reader, std::move(note)));
}

// That the events listed are all that mention an id.
ledger::Result<Proof> prove_completeness(const std::string& subject, const ledger::Reader& reader,
                                         const Arguments& arguments, Console& console) {
  Progress progress(console, console.text("mentions", "提及索引"), reader.size().value);
  auto prover = TRY(ledger::SubjectProver::open(
      arguments.data, reader, [&](std::uint64_t done) { progress.show(done, done); }));
  const auto proof = TRY(prover.prove(ledger::id_of_subject(subject)));
  if (const auto folder = arguments.text("--entries")) {
    ledger::LogProver entries(reader, prover.head());
    TRY(write_entries(*folder, reader, entries, proof.indexes));
  }
  const auto size = prover.head().tree.size;
  console.note("{} of the first {} entries mention {}", "前 {1} 个条目中有 {0} 个提及 {2}",
               proof.indexes.size(), size.value, proof.id);
  if (size != reader.size()) {
    console.note(
        "{} entries are newer than the signed map of mentions and not looked at; `tally "
        "checkpoint --mentions` takes them in",
        "{} 个条目晚于已签名的提及索引，未予查看；`tally checkpoint --mentions` 将其纳入",
        reader.size().value - size.value);
  }
  return Proof{size, format(proof)};
}

ledger::Result<Proof> make_proof(const Arguments& arguments, Console& console) {
  const auto reader = TRY(open_reader(arguments, console));
  if (const auto subject = arguments.text("--subject")) {
    return prove_completeness(*subject, reader, arguments, console);
  }
  ledger::LogProver prover(reader, TRY(head_of(arguments, reader, console)));
  const auto size = prover.tree().size;
  if (const auto old_size = arguments.number("--consistency")) {
    const auto proof = TRY(prover.prove_growth({*old_size}));
    return Proof{size, format(proof)};
  }
  const auto proof = TRY(prover.prove_entry({arguments.number("INDEX").value_or(0)}));
  return Proof{size, format(proof)};
}

// Whether the call makes no sense, which has been said then.
bool contradicts_itself(const Arguments& arguments, Console& console) {
  constexpr std::array<std::string_view, 3> wanted{"INDEX", "--consistency", "--subject"};
  const auto given = std::count_if(wanted.begin(), wanted.end(),
                                   [&](std::string_view name) { return arguments.has(name); });
  if (given != 1) {
    console.error(
        console.text("wanted one of the INDEX of an entry, --consistency SIZE and --subject "
                     "SUBJECT. `tally prove --help` shows how to call it.",
                     "须给出条目序号 INDEX、--consistency 规模、--subject 主体三者之一。"
                     "`tally prove --help` 列出其用法。"));
    return true;
  }
  const bool subject = arguments.has("--subject");
  if (arguments.has(subject ? "--checkpoint" : "--entries")) {
    console.error(subject ? console.text("--subject proves against the signed map of mentions, so "
                                         "it takes no --checkpoint.",
                                         "--subject 针对已签名的提及索引，不接受 --checkpoint。")
                          : console.text("--entries goes with --subject SUBJECT.",
                                         "--entries 须配合 --subject 主体。"));
    return true;
  }
  return false;
}

void print_json(const Arguments& arguments, const Proof& proof, Console& console) {
  console.write(json_line([&](auto& object) {
    if (const auto subject = arguments.text("--subject")) {
      object.text("subject", *subject);
    } else if (const auto old_size = arguments.number("--consistency")) {
      object.number("old_size", static_cast<std::int64_t>(*old_size));
    } else {
      object.number("index", static_cast<std::int64_t>(arguments.number("INDEX").value_or(0)));
    }
    object.number("size", json_number(proof.size)).text("proof", proof.file);
  }));
}

ledger::Result<Exit> run_prove(const Arguments& arguments, Console& console) {
  if (contradicts_itself(arguments, console)) return Exit::usage;
  const auto proof = TRY(make_proof(arguments, console));
  if (const auto path = arguments.text("-o")) {
    TRY(ledger::replace_file(*path, proof.file, ledger::FileAccess::everyone));
    console.note("{}: proof against the checkpoint of size {}", "{}：针对规模 {} 的检查点的证明",
                 *path, proof.size.value);
  } else if (arguments.json) {
    print_json(arguments, proof, console);
  } else {
    console.write(proof.file);
  }
  return Exit::done;
}

}  // namespace

Command prove_command() {
  return {
      .name = "prove",
      .summary = {"Prove an entry, growth, or all events of a subject",
                  "证明某条目、日志只增，或某主体的全部事件"},
      .details =
          {"Prints a file that proves, without the ledger, that an entry is in the signed log "
           "(C2SP tlog-proof); with --consistency that the log of that size was only added to "
           "since (the body of a C2SP add-checkpoint request); with --subject which events mention "
           "an id, as their subject or in their data, and that these are all up to the newest "
           "tally checkpoint --mentions. tally check, or for the first two any other tool for "
           "these formats, checks it.",
           "输出一个无需账本即可核对的文件：证明某条目在已签名的日志中（C2SP tlog-proof）；"
           "或以 --consistency 证明该规模的日志此后只有追加（C2SP add-checkpoint 请求体）；"
           "或以 --subject 证明哪些事件以某标识为主体或在数据中提及它，且截至最近一次 "
           "tally checkpoint --mentions 仅此而已。用 tally check 核对，"
           "前两种亦可用任何支持这些格式的工具。"},
      .example = {"tally prove 57 -o 57.tlog-proof", "tally export --raw 57 > 57.entry",
                  "tally check 57.tlog-proof --vkey \"$KEY\" --entry 57.entry",
                  "tally prove --subject order/O1 --entries O1 -o O1.complete"},
      .options = {{"INDEX", "", ValueKind::count, {"Index of the entry", "条目序号"}},
                  {"--consistency",
                   "SIZE",
                   ValueKind::count,
                   {"Prove that the log of this size was only added to",
                    "证明该规模的日志此后只有追加"}},
                  {"--subject",
                   "SUBJECT",
                   ValueKind::text,
                   {"Prove which events mention this id, e.g. vehicle/VIN, dealer/D1",
                    "证明哪些事件提及此标识，如 vehicle/VIN、dealer/D1"}},
                  {"--entries",
                   "DIR",
                   ValueKind::text,
                   {"With --subject: write each entry and its proof there",
                    "配合 --subject：将各条目及其证明写入此目录"}},
                  {"--checkpoint",
                   "FILE",
                   ValueKind::text,
                   {"Prove against this checkpoint, not the newest", "针对此检查点而非最新检查点"}},
                  {"-o", "FILE", ValueKind::text, {"Write to this file", "写入此文件"}}},
      .run = run_prove,
  };
}

}  // namespace cli

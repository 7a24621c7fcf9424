#include "cli/check.h"

#include "cli/check_author.h"
#include "cli/check_completeness.h"
#include "cli/input_file.h"
#include "cli/policy_file.h"
#include "cli/proof_findings.h"
#include "cli/trust.h"
#include "ledger/proof/consistency_file.h"
#include "ledger/proof/hash.h"
#include "ledger/proof/merkle.h"
#include "ledger/proof/proof_file.h"

namespace cli {
namespace {

namespace proof = ledger::proof;

ledger::Result<ProofFindings> check_inclusion(const std::string& text, const Trust& trust,
                                              const Arguments& arguments, Console& console) {
  const auto file = TRY(failing(proof::parse_proof_file(text)));
  auto newest = TRY(failing(open_trusted(file.checkpoint, trust)));
  ProofFindings findings{"inclusion",       "index",        file.index.value,
                         std::move(newest), {"checkpoint"}, {}};
  const auto entry = arguments.text("--entry");
  if (entry) {
    const auto bytes = TRY(read_input("--entry", *entry, console));
    TRY(failing(proof::verify_inclusion(file.index, proof::hash_leaf(ledger::bytes_of(bytes)),
                                        findings.newest.checkpoint.tree, file.hashes)));
    findings.checked.emplace_back("inclusion");
  } else {
    findings.not_checked.emplace_back("inclusion");
  }
  if (file.extra) findings.not_checked.emplace_back("extra");
  if (arguments.json) return findings;
  print_checkpoint(findings.newest, console);
  if (entry) {
    console.say("proven: these bytes are entry {} of that log", "已证明：这些字节是该日志的条目 {}",
                file.index.value);
  } else {
    console.say(
        "not checked: which entry stands at {}. For want of --entry FILE the hashes of the "
        "proof were not followed; `tally export --raw {}` writes the bytes it is about.",
        "未核对：序号 {} 处是哪个条目。未给出 --entry 文件，故未沿证明中的哈希推算；"
        "`tally export --raw {}` 输出其所证明的字节。",
        file.index.value, file.index.value);
  }
  if (file.extra) {
    console.say("not checked: {} bytes of extra data, which nothing vouches for",
                "未核对：{} 字节附加数据，无任何担保", file.extra->size());
  }
  return findings;
}

ledger::Result<ProofFindings> check_growth(const std::string& text, const Trust& trust,
                                           const Arguments& arguments, Console& console) {
  const auto file = TRY(failing(proof::parse_consistency_file(text)));
  auto newest = TRY(failing(open_trusted(file.checkpoint, trust)));
  ProofFindings findings{"consistency",     "old_size",     file.old_size.value,
                         std::move(newest), {"checkpoint"}, {}};
  const auto old_path = arguments.text("--old");
  if (old_path) {
    const auto note = TRY(read_input("--old", *old_path, console));
    const auto& log = findings.newest.log;
    const auto old =
        TRY(naming("--old", failing(proof::open_checkpoint(note, log.key, log.origin))));
    TRY(failing(proof::check_consistency(file, old.tree, log.key, log.origin)));
    findings.checked.insert(findings.checked.end(), {"old_checkpoint", "consistency"});
  } else {
    findings.not_checked.insert(findings.not_checked.end(), {"old_checkpoint", "consistency"});
  }
  if (arguments.json) return findings;
  print_checkpoint(findings.newest, console);
  if (old_path) {
    console.say("proven: the log of size {} that --old signs was only added to",
                "已证明：--old 所签规模 {} 的日志此后只有追加", file.old_size.value);
  } else {
    console.say(
        "not checked: that the log of size {} was only added to. The proof needs the "
        "checkpoint signed at that size: --old FILE.",
        "未核对：规模 {} 的日志此后是否只有追加。需要当时签署的检查点：--old 文件。",
        file.old_size.value);
  }
  return findings;
}

// What a proof can be about, by the option that it takes.
struct Form {
  std::string_view option;
  Text takes;
  ledger::Result<ProofFindings> (*check)(const std::string&, const Trust&, const Arguments&,
                                         Console&);
};

const Form& form_of(std::string_view text) {
  static const Form inclusion{
      "--entry",
      {"proves an entry, which takes --entry", "是条目证明，应给出 --entry"},
      check_inclusion};
  static const Form growth{"--old",
                           {"proves consistency, which takes --old", "是一致性证明，应给出 --old"},
                           check_growth};
  static const Form completeness{
      "--entries",
      {"proves completeness, which takes --entries", "是完备性证明，应给出 --entries"},
      check_completeness};
  if (proves_completeness(text)) return completeness;
  return text.starts_with("old ") ? growth : inclusion;
}

ledger::Result<Exit> run_check(const Arguments& arguments, Console& console) {
  if (arguments.has("--author")) {
    if (!arguments.has("--origin")) {
      console.error(console.text(
          "--origin is missing: an author signs for one ledger by name. Try `tally check --help`.",
          "缺少 --origin：提交者针对具名账本签名。请看 `tally check --help`。"));
      return Exit::usage;
    }
    return check_author(arguments, console);
  }
  if (!arguments.has("--vkey") && !arguments.has("--policy")) {
    console.error(
        console.text("wanted --vkey KEY or --policy FILE: a proof cannot vouch for its own log. "
                     "`tally check --help` shows how to call it.",
                     "须给出 --vkey 公钥或 --policy 文件：证明不能自证其日志。"
                     "`tally check --help` 列出其用法。"));
    return Exit::usage;
  }
  const auto trust = TRY(trust_of(arguments, console));
  const auto path = arguments.text("PROOF").value_or("");
  const auto text = TRY(read_input("PROOF", path, console, proof_bytes_max));
  const auto& form = form_of(text);
  for (const auto* const other : {"--entry", "--old", "--entries"}) {
    if (other == form.option || !arguments.has(other)) continue;
    console.error(
        console.text("{} {}, not {}.", "{} {}而非 {}。", path, console.in(form.takes), other));
    return Exit::usage;
  }
  const auto findings = TRY(naming(path, form.check(text, trust, arguments, console)));
  if (arguments.json) print_json(findings, console);
  return Exit::done;
}

}  // namespace

Command check_command() {
  return {
      .name = "check",
      .summary = {"Check a proof without the ledger", "无需账本即可核对证明"},
      .details =
          {"Checks a proof of tally prove, or of any C2SP log, with nothing but the log's verifier "
           "key: that an entry is in the signed log (--entry), or that the log only grew since an "
           "older checkpoint (--old), or that the events listed are all that mention an id "
           "(--entries). Or checks who signed one event, with the key of its author and the "
           "ledger's name (--author, --origin). Says what it could not check. The exit status is 1 "
           "when anything is not as it should be.",
           "仅凭日志的验证公钥核对 tally prove 或任何 C2SP 日志的证明：某条目在已签名的日志中"
           "（--entry），日志自旧检查点以来只有追加（--old），"
           "或所列事件即为提及某标识的全部事件（--entries）。亦可凭提交者公钥与账本名称核对"
           "某一事件由谁签名（--author、--origin）。未能核对的内容会逐项说明。"
           "有任何不符时退出状态为 1。"},
      .example = {"tally check 57.tlog-proof --vkey \"$KEY\" --entry 57.entry",
                  "tally check growth --vkey \"$KEY\" --old checkpoint.txt",
                  "tally check O1.complete --vkey \"$KEY\" --entries O1",
                  "tally check 57.tlog-proof --policy witnesses.policy --entry 57.entry",
                  "tally check filing.json --author \"$AUTHOR\" --origin ledger.example/fleet"},
      .options =
          {{.name = "PROOF",
            .value = "",
            .kind = ValueKind::text,
            .help = {"The proof; `-` is standard input", "证明文件；`-` 为标准输入"},
            .required = true},
           {.name = "--vkey",
            .value = "KEY",
            .kind = ValueKind::text,
            .help = {"The log's verifier key", "日志的验证公钥"}},
           policy_option(),
           {"--entry",
            "FILE",
            ValueKind::text,
            {"The exact bytes of the entry (tally export --raw)",
             "条目的原始字节（tally export --raw）"}},
           {"--old",
            "FILE",
            ValueKind::text,
            {"The older checkpoint, for a proof of consistency", "一致性证明所对应的旧检查点"}},
           entries_option(),
           {"--author",
            "KEY",
            ValueKind::text,
            {"The public key of who signed an event (tally key new prints it); PROOF is then "
             "the exported line or the bytes of the entry",
             "签名者的公钥（tally key new 输出）；此时 PROOF 为导出的一行或条目的原始字节"}},
           origin_option(),
           witness_option()},
      .run = run_check,
  };
}

}  // namespace cli

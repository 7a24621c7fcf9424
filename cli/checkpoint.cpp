#include "cli/checkpoint.h"

#include <algorithm>
#include <optional>

#include "cli/cosigning.h"
#include "cli/input_file.h"
#include "cli/json_line.h"
#include "cli/ledger_access.h"
#include "cli/policy_file.h"
#include "cli/printable.h"
#include "cli/progress.h"
#include "cli/witness_consent.h"
#include "ledger/mention_index.h"
#include "ledger/open_ledger.h"
#include "ledger/proof/note.h"

namespace cli {
namespace {

namespace proof = ledger::proof;

// Whom to ask for cosignatures, and when there are enough of them.
struct Quorum {
  proof::WitnessPolicy policy;
  std::vector<http::WebAddress> addresses;
};

// The policy of the call, else that of the ledger; nothing where there is neither.
ledger::Result<std::optional<proof::WitnessPolicy>> wanted_policy(const Arguments& arguments,
                                                                  Console& console) {
  for (const auto* const option : {"--require", "--policy"}) {
    auto given = TRY(policy_of(arguments, option, console));
    if (given) return given;
  }
  const auto config = TRY(ledger::read_config(ledger::LedgerPaths(arguments.data).config));
  if (config.witness_policy.empty()) return std::optional<proof::WitnessPolicy>();
  return std::optional(TRY(proof::WitnessPolicy::parse(config.witness_policy)));
}

// A policy may list the logs that it is for. Then this must be one of them.
ledger::Status check_lists(const proof::WitnessPolicy& policy, const std::string& own_key,
                           Console& console) {
  const auto& logs = policy.logs();
  const auto own = [&](const auto& log) { return log.key.text() == own_key; };
  if (logs.empty() || std::any_of(logs.begin(), logs.end(), own)) return ledger::Ok{};
  return ledger::Error{ledger::ErrorCode::invalid,
                       console.text("the witness policy is for other logs: it lists {}, wanted {}",
                                    "见证策略用于其他日志：其列有 {}，应有 {}",
                                    printable(logs.front().key.text()), own_key)};
}

ledger::Result<std::optional<Quorum>> wanted_quorum(const Arguments& arguments,
                                                    const std::string& own_key, Console& console) {
  auto policy = TRY(wanted_policy(arguments, console));
  const auto urls = arguments.all("--witness");
  if (!policy) return std::optional<Quorum>();
  TRY(check_lists(*policy, own_key, console));
  Quorum quorum{*std::move(policy), {}};
  for (const auto& url : urls) {
    quorum.addresses.push_back(TRY(naming("--witness", http::parse_web_address(url))));
  }
  if (urls.empty()) quorum.addresses = TRY(addresses_of(quorum.policy));
  return std::optional(std::move(quorum));
}

// What was collected, told to people and kept with the checkpoint.
struct Collected {
  std::string note;
  std::vector<bool> cosigned;  // by witness of the policy
  bool contradicted = false;
  std::optional<std::string> mentions = {};
};

ledger::Result<Collected> collect(ledger::Log& log, const std::string& note, const Quorum& quorum,
                                  Console& console) {
  const auto view = log.reader();
  const auto head = TRY(ledger::signed_tree_of(view, note));
  auto more = TRY(proof::parse_note(note));
  Collected collected;
  for (auto& one :
       TRY(collect_cosignatures(view, head, quorum.policy, quorum.addresses, console))) {
    if (one.outcome == Cosigning::Outcome::cosigned) {
      std::move(one.signatures.begin(), one.signatures.end(), std::back_inserter(more.signatures));
      continue;
    }
    console.note("{}: no cosignature: {}", "{}：无联署：{}", one.url, one.reason);
    collected.contradicted |= one.outcome == Cosigning::Outcome::contradicted;
  }
  collected.note = TRY(log.add_cosignatures(more));
  // What was collected on an earlier day counts as well.
  for (const auto& witness : quorum.policy.witnesses()) {
    collected.cosigned.push_back(bool(proof::open_note(collected.note, {&witness.key, 1})));
  }
  return collected;
}

// Why there is no quorum.
ledger::Error too_few(const Collected& collected, Console& console) {
  const auto count = std::count(collected.cosigned.begin(), collected.cosigned.end(), true);
  if (collected.contradicted) {
    return {
        ledger::ErrorCode::corrupt,
        console.text("a witness says that this log is not the one it signed before, and "
                     "without it too few cosigned ({} of {}). Is this an old backup, or a "
                     "second ledger with the same key? Keep the directory as evidence; what "
                     "the witness signed is at its …/checkpoint.",
                     "有见证方称本日志并非其先前所签，且除其之外联署不足（{} / {}）。这是旧备份，"
                     "或使用同一密钥的另一账本吗？请保留目录作为证据；见证方所签内容见其 "
                     "…/checkpoint。",
                     count, collected.cosigned.size())};
  }
  return {
      ledger::ErrorCode::unavailable,
      console.text("too few witnesses cosigned: {} of {}, which is not the policy's quorum. The "
                   "checkpoint is signed and kept with what there is; run it again for the "
                   "rest.",
                   "联署的见证方不足：{} / {}，未达到策略的法定数。检查点已签署并连同已有联署"
                   "保存；请再次运行以补齐。",
                   count, collected.cosigned.size())};
}

void print(const Collected& collected, ledger::TreeSize size, const Arguments& arguments,
           const std::optional<Quorum>& quorum, Console& console) {
  if (!arguments.json) {
    console.write(collected.mentions.value_or(collected.note));
    return;
  }
  console.write(json_line([&](auto& object) {
    object.number("size", json_number(size)).text("checkpoint", collected.note);
    if (collected.mentions) object.text("mentions", *collected.mentions);
    if (!quorum) return;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < collected.cosigned.size(); ++i) {
      if (collected.cosigned[i]) names.push_back(quorum->policy.witnesses()[i].key.name());
    }
    object.array("witnesses", names, [](const std::string& name, std::string& out) {
      projections::append_quoted(name, out);
    });
  }));
}

// From now on the ledger asks these witnesses. They have to be such as can be asked.
ledger::Status require_witnesses(const Arguments& arguments, const Quorum& quorum,
                                 Console& console) {
  std::vector<bool> found;
  for (const auto& witness : quorum.policy.witnesses()) found.push_back(bool(witness.url));
  if (!quorum.policy.is_met_by(found)) {
    return ledger::Error{ledger::ErrorCode::invalid,
                         console.text("--require: the witnesses with an address are no quorum; "
                                      "add http:// addresses to the `witness` lines.",
                                      "--require：有地址的见证方不足法定数；请在 `witness` "
                                      "行补充 http:// 地址。")};
  }
  const auto text = TRY(read_input("--require", arguments.text("--require").value_or(""), console));
  TRY(ledger::set_witness_policy(ledger::LedgerPaths(arguments.data).config, text));
  console.note("from now on this ledger asks these witnesses before it is written",
               "此后本账本在写入前先询问这些见证方");
  return ledger::Ok{};
}

ledger::Result<Exit> run_checkpoint(const Arguments& arguments, Console& console) {
  const auto log = TRY(open_log(arguments, console));
  const auto quorum = TRY(wanted_quorum(arguments, log->reader().verifier_key(), console));
  if (!quorum && arguments.has("--witness")) {
    console.error(
        console.text("--witness URL wants --policy FILE, which says whose cosignatures "
                     "count. `tally checkpoint --help` shows how to call it.",
                     "--witness 地址须配合 --policy 文件，以说明哪些联署有效。"
                     "`tally checkpoint --help` 列出其用法。"));
    return Exit::usage;
  }
  Collected collected{TRY(log->sign_checkpoint()), {}};
  const auto size = log->size();
  if (quorum) {
    collected = TRY(collect(*log, collected.note, *quorum, console));
    if (!quorum->policy.is_met_by(collected.cosigned)) return too_few(collected, console);
    if (arguments.has("--require")) TRY(require_witnesses(arguments, *quorum, console));
  }
  if (arguments.has("--mentions")) {
    Progress progress(console, console.text("mentions", "提及索引"), size.value);
    collected.mentions = TRY(ledger::sign_mentions(
        arguments.data, log->reader(), [&](std::uint64_t done) { progress.show(done, done); }));
  }
  print(collected, size, arguments, quorum, console);
  return Exit::done;
}

}  // namespace

Command checkpoint_command() {
  return {
      .name = "checkpoint",
      .summary = {"Sign the present state of the log", "为日志的当前状态签名"},
      .details =
          {"Signs and stores a checkpoint (a C2SP signed note of origin, size and root) and "
           "prints it. Give copies away: whoever keeps one can later tell whether the "
           "history up to there was altered (tally verify --checkpoint). With a witness policy it "
           "also collects cosignatures (C2SP tlog-witness), until a quorum has signed; they are "
           "kept with the checkpoint, published and part of proofs. --require makes that policy "
           "the ledger's own: then its witnesses are asked before every writing, and a ledger that "
           "was rolled back is refused. With --mentions it also brings the map of mentions up to "
           "there, "
           "which says of every id which events mention it, signs that and prints it instead: what "
           "tally prove --subject answers from.",
           "签署并保存检查点（C2SP 签名便笺：来源、规模与根哈希），然后输出。请将副本交予他人："
           "持有者日后可据此判断此前的历史是否被改动（tally verify --checkpoint）。"
           "给出见证策略时还会收集联署（C2SP tlog-witness）直至达到法定数；联署随检查点保存、发布，"
           "并成为证明的一部分。--require 使该策略成为账本自身的策略：此后每次写入前先询问见证方，"
           "被回滚的账本会被拒绝。"
           "加上 --mentions 则同时将提及索引（各标识由哪些事件提及）更新至该处并签名，"
           "改为输出该声明：tally prove --subject 据此作答。"},
      .example = {"tally checkpoint > checkpoint.txt", "tally checkpoint --mentions > mentions.txt",
                  "tally checkpoint --policy witnesses.policy > checkpoint.txt",
                  "tally checkpoint --require witnesses.policy"},
      .options = {{.name = "--witness",
                   .value = "URL",
                   .kind = ValueKind::text,
                   .help = {"Where to ask for cosignatures (else the policy's addresses; "
                            "repeatable): http://HOST:PORT",
                            "请求联署的地址（默认取策略中的地址；可重复）：http://主机:端口"},
                   .repeated = true},
                  policy_option(),
                  {"--require",
                   "FILE",
                   ValueKind::text,
                   {"Make this witness policy the ledger's own, once its quorum has cosigned",
                    "在达到法定数后，使此见证策略成为账本自身的策略"}},
                  {"--mentions",
                   "",
                   ValueKind::flag,
                   {"Extend, sign and print the map of mentions too",
                    "同时更新、签署并输出提及索引"}},
                  without_witnesses_option()},
      .run = run_checkpoint,
  };
}

}  // namespace cli

#include "cli/replay.h"

#include <algorithm>
#include <chrono>

#include "cli/certificate_check.h"
#include "cli/hex.h"
#include "cli/json_line.h"
#include "cli/new_file.h"
#include "cli/projection.h"
#include "cli/read_model.h"
#include "cli/version.h"
#include "projections/certificate.h"
#include "projections/certified_rows.h"

namespace cli {
namespace {

// Of a log and of all that follows from it.
struct Outcome {
  projections::Certificate certificate;
  std::int64_t log_size = 0;
  std::string root;
  std::int64_t ms = 1;  // what it took, at least 1

  std::int64_t events_per_second() const { return log_size * 1000 / ms; }
};

// `[{policy, version, sha256}]`
std::string policies_json(const projections::Certificate& certificate) {
  std::string array = "[";
  for (const auto& policy : certificate.policies) {
    if (array.size() > 1) array += ',';
    projections::JsonObject(array)
        .text("policy", policy.policy)
        .number("version", policy.version)
        .text("sha256", hex(policy.sha256))
        .close();
  }
  return array + "]";
}

void print_json(const Outcome& outcome, const projections::Cut& cut, Console& console) {
  console.write(json_line([&](auto& object) {
    object.number("log_size", outcome.log_size).text("root", outcome.root);
    if (cut.known_at) object.number("known_at", static_cast<std::int64_t>(*cut.known_at));
    if (cut.effective_at) object.text("effective_at", ledger::to_string(*cut.effective_at));
    object.raw("policies", policies_json(outcome.certificate))
        .text("code", version_text())
        .text("result_sha256", hex(outcome.certificate.result_sha256))
        .number("lines", static_cast<std::int64_t>(outcome.certificate.lines))
        .number("events_per_second", outcome.events_per_second())
        .raw("seconds", fmt::format("{}.{:03}", outcome.ms / 1000, outcome.ms % 1000));
  }));
}

void print_prose(const Outcome& outcome, const projections::Cut& cut, Console& console) {
  console.say("events  {}", "事件    {}", outcome.log_size);
  console.say("root    {}", "根哈希  {}", outcome.root);
  if (cut.effective_at) {
    console.say("as of   {}", "截至    {}", ledger::to_string(*cut.effective_at));
  }
  console.say("code    {}", "程序    {}", version_text());
  console.say("lines   {}", "行数    {}", outcome.certificate.lines);
  console.say("result  {}", "结果    {}", hex(outcome.certificate.result_sha256));
  console.say("took    {}.{:03} s, {} events/s", "用时    {}.{:03} 秒，每秒 {} 个事件",
              outcome.ms / 1000, outcome.ms % 1000, outcome.events_per_second());
}

// A certificate in the log is of all of it, and says itself of which size.
bool contradict_each_other(const Arguments& arguments, Console& console) {
  const bool checks = arguments.has("--check");
  if ((arguments.has("--rows") && !checks) || (arguments.has("--rows-to") && checks)) {
    console.error(console.text(
        "replay: --rows FILE goes with --check, which reads it; --rows-to FILE goes without, and "
        "is written.",
        "replay：--rows 文件 须配合 --check，供其读取；--rows-to 文件 不与其并用，用于写出。"));
    return true;
  }
  const bool certificate = arguments.has("--certify") || arguments.has("--check");
  const bool both = arguments.has("--certify") && arguments.has("--check");
  const bool cut = arguments.has("--known-at") || arguments.has("--effective-at");
  if (!both && !(certificate && cut)) return false;
  console.error(console.text(
      "replay: --certify and --check go neither together nor with a cut: a certificate is of the "
      "whole log, and one that is checked says itself of which size.",
      "replay：--certify 与 --check 不可同时使用，也不可与截面并用：证书针对整个日志，"
      "被核对的证书自带其规模。"));
  return true;
}

ledger::Result<Exit> run_replay(const Arguments& arguments, Console& console) {
  if (contradict_each_other(arguments, console)) return Exit::usage;
  if (arguments.has("--certify")) return append_certificate(arguments, console);
  if (arguments.has("--check")) return check_certificate(arguments, console);
  using std::chrono::steady_clock;
  const auto began = steady_clock::now();
  const auto projection = TRY(Projection::open(arguments, console));
  Outcome outcome;
  projections::CertifiedRows rows;
  const auto file = arguments.text("--rows-to");
  projections::EachRow each_row;
  if (file) each_row = [&rows](auto model, const std::string& row) { rows.add(model, row); };
  outcome.certificate = TRY(projections::certify(projection.replay(), each_row));
  if (file) TRY(write_new_file(*file, rows.text(), console));
  outcome.log_size = json_number(projection.reader().size());
  outcome.root = hex(TRY(projection.reader().root()));
  const auto took =
      std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - began);
  outcome.ms = std::max<std::int64_t>(1, took.count());
  if (arguments.json) {
    print_json(outcome, projection.cut(), console);
  } else {
    print_prose(outcome, projection.cut(), console);
  }
  return report_overflows(outcome.certificate.overflows, console);
}

}  // namespace

Command replay_command() {
  auto options = cut_options();
  options.push_back(from_scratch_option());
  options.push_back({"--certify",
                     "",
                     ValueKind::flag,
                     {"Append the certificate to the log, as replay.certified",
                      "将证书作为 replay.certified 追加到日志"}});
  options.push_back({"--check",
                     "INDEX",
                     ValueKind::text,
                     {"Replay what the certificate at INDEX, or the latest one, is of, and compare",
                      "重放序号 INDEX 处（或 latest，即最新）证书所涉的日志并比较"}});
  options.push_back({"--rows",
                     "FILE",
                     ValueKind::text,
                     {"With --check: the rows that were certified, where the cache lacks them",
                      "配合 --check：缓存中没有时，证书所载的各行"}});
  options.push_back({"--rows-to",
                     "FILE",
                     ValueKind::text,
                     {"Write every row of the result to a new file", "将结果的各行写入新文件"}});
  options.push_back(threads_option());
  return {
      .name = "replay",
      .summary = {"Rebuild every read model and certify the result",
                  "重建全部读模型并出具重放证书"},
      .details =
          {"Folds the whole log, evaluates every rule and prints a certificate: the log's size "
           "and root, the packs with their digests, the code, and the SHA-256 of all results. "
           "Whoever repeats it over the same log with the same code gets the same digest, "
           "whatever the number of threads. --certify puts the certificate into the log, and "
           "--check "
           "recomputes one that is there: if it differs, the exit status is 1 and the first model "
           "and line that differ are named.",
           "折叠整个日志、执行全部规则并输出证书：日志规模与根哈希、政策包及其摘要、程序版本、"
           "全部结果的 SHA-256。任何人以相同日志和程序重放都得到相同摘要，与线程数无关。"
           "--certify 将证书写入日志；--check 重算已有证书：若有不同，退出状态为 1，"
           "并指出首个不同的模型与行。"},
      .example = {"tally replay --json", "tally replay --known-at 1000", "tally replay --certify",
                  "tally replay --check latest", "tally replay --known-at 1000 --rows-to rows"},
      .options = std::move(options),
      .run = run_replay,
  };
}

}  // namespace cli

#include "cli/verify_part.h"

#include <array>
#include <optional>

#include "cli/doubt.h"
#include "cli/finding_report.h"
#include "cli/json_line.h"
#include "cli/kept_checkpoint.h"
#include "cli/progress.h"
#include "ledger/draw.h"
#include "ledger/open_ledger.h"
#include "ledger/scrub.h"
#include "ledger/spot_check.h"

namespace cli {
namespace {

using ledger::Finding;

constexpr std::uint64_t count_default = 100;

void append_name(std::string_view name, std::string& out) {
  projections::append_quoted(name, out);
}

// Prints the findings with what they put in doubt; they are few or the ledger is lost.
void print_findings(std::vector<Finding>& findings, const Arguments& arguments, Console& console) {
  if (findings.empty()) return;
  const auto evidence = ledger::Evidence::open(arguments.data);
  std::optional<Doubt> doubt;
  if (evidence)
    doubt.emplace(*evidence, findings, std::vector<ledger::DifferingEntry>(),
                  threads_of(arguments));
  for (const auto& finding : findings) {
    print_finding(finding, doubt ? doubt->about(finding) : Background(), arguments.json, console);
  }
}

Exit conclude(std::uint64_t differences, const Arguments& arguments, Console& console) {
  if (differences == 0) return Exit::done;
  console.error(console.text(
      "{0} differs in {1} place(s) from what was signed or stored. Keep this directory as "
      "evidence, and let `tally verify` look at all of it.",
      "{0} 有 {1} 处与所签或所存内容不符。请保留此目录作为证据，并用 `tally verify` 全面核验。",
      arguments.data.string(), differences));
  return Exit::check_failed;
}

// Damage that keeps the ledger from opening is a difference like any other.
ledger::Result<Exit> unopened(const ledger::Error& error, const Arguments& arguments,
                              Console& console) {
  if (error.code != ledger::ErrorCode::corrupt) return error;
  print_finding({.where = Finding::Where::file,
                 .index = {},
                 .expected = ledger::Message("a ledger that opens", "能够打开的账本"),
                 .found = error.message,
                 .type = {},
                 .subject = {}},
                Background(), arguments.json, console);
  return conclude(1, arguments, console);
}

// The signed root that a sample is proven to: of the checkpoint kept elsewhere, if there is
// one, else of the ledger's own newest.
ledger::Result<ledger::proof::Checkpoint> signed_by(const Arguments& arguments,
                                                    const ledger::OpenLedger& ledger,
                                                    Console& console) {
  const auto key = TRY(trusted_key(arguments, ledger.verifier, console));
  auto kept = TRY(kept_checkpoint(arguments, key, console));
  if (kept) return *std::move(kept);
  return ledger::open_high_water(ledger);
}

ledger::Result<Exit> verify_sample(const Arguments& arguments, Console& console) {
  auto ledger = ledger::open_ledger(arguments.data, ledger::Store::Mode::read);
  if (!ledger) return unopened(ledger.error(), arguments, console);
  const auto& open = **ledger;
  const auto key = TRY(trusted_key(arguments, open.verifier, console));
  const auto checkpoint = signed_by(arguments, open, console);
  if (!checkpoint) return unopened(checkpoint.error(), arguments, console);
  const auto& tree = checkpoint->tree;
  const auto seed = arguments.text("--sample").value_or("");
  const auto sample =
      ledger::draw_sample(seed, tree.size, arguments.number("--count").value_or(count_default));
  auto checked = ledger::check_entries(open, sample, tree);
  if (auto other = other_key(key, open.verifier)) checked.findings.push_back(*std::move(other));
  print_findings(checked.findings, arguments, console);

  const auto entries = open.head.size();
  const auto tail = entries > tree.size ? entries.value - tree.size.value : 0;
  const auto unread = entries.value - std::min<std::uint64_t>(entries.value, sample.size());
  const auto differences = checked.findings.size();
  if (arguments.json) {
    constexpr std::array not_checked = {"other_entries", "other_tiles",       "index_table",
                                        "clock",         "older_checkpoints", "signing_key"};
    console.write(json_line([&](auto& object) {
      object.number("entries", json_number(entries))
          .number("verified", static_cast<std::int64_t>(checked.verified))
          .number("unsigned_tail", static_cast<std::int64_t>(tail))
          .number("differences", static_cast<std::int64_t>(differences))
          .number("checkpoint_size", json_number(tree.size))
          .text("seed", seed)
          .array(
              "sample", sample,
              [](ledger::Sequence index, std::string& out) { out += std::to_string(index.value); })
          .number("not_read", static_cast<std::int64_t>(unread))
          .array("not_checked", not_checked, append_name);
    }));
    return conclude(differences, arguments, console);
  }
  console.say("sample {} of {} entries, {} of them proven to the root signed at size {}",
              "抽样 {}：{} 个条目，其中 {} 个证明通向规模 {} 时所签的根", seed, sample.size(),
              checked.verified, tree.size.value);
  std::string drawn;
  for (const auto index : sample) drawn += fmt::format(" {}", index.value);
  console.say("entries:{}", "条目：{}", drawn);
  console.say(
      "not checked: {} other entries, tiles beside the paths, index tables, clocks, older "
      "checkpoints, the signing key",
      "未检查：其余 {} 个条目、路径之外的瓦片、索引表、时钟、较早的检查点、签名密钥", unread);
  return conclude(differences, arguments, console);
}

ledger::Result<Exit> verify_fast(const Arguments& arguments, Console& console) {
  auto ledger = ledger::open_ledger(arguments.data, ledger::Store::Mode::read);
  if (!ledger) return unopened(ledger.error(), arguments, console);
  Progress progress(console, console.text("scrub", "巡检"), 0);
  ledger::VerifyOptions options;
  options.threads = threads_of(arguments);
  options.progress = [&](std::uint64_t done, std::uint64_t total) {
    progress.expect(total);
    progress.show(done, done);
  };
  auto scrub = ledger::scrub(**ledger, options);
  print_findings(scrub.findings, arguments, console);
  const auto entries = (*ledger)->head.size();
  if (arguments.json) {
    constexpr std::array not_checked = {"form",        "leaf_hash",  "root",  "signature",
                                        "index_table", "checkpoint", "clock", "signing_key"};
    console.write(json_line([&](auto& object) {
      object.number("entries", json_number(entries))
          .number("verified", 0)
          .number("differences", static_cast<std::int64_t>(scrub.differences))
          .number("scrubbed", static_cast<std::int64_t>(scrub.scrubbed))
          .number("tiles", static_cast<std::int64_t>(scrub.tiles))
          .array("not_checked", not_checked, append_name);
    }));
    return conclude(scrub.differences, arguments, console);
  }
  console.say("{} of {} entries and {} tiles fit their checksums, {} differences",
              "{1} 个条目中的 {0} 个与 {2} 个瓦片与校验和相符，{3} 处差异", scrub.scrubbed,
              entries.value, scrub.tiles, scrub.differences);
  console.say(
      "not checked: hashes, the root, any signature, whether entries are events, index "
      "tables, checkpoints, clocks, the signing key. A checksum finds accidents, no forger",
      "未检查：哈希、根、任何签名、条目是否为事件、索引表、检查点、时钟、签名密钥。"
      "校验和只能发现意外，不能发现伪造");
  return conclude(scrub.differences, arguments, console);
}

}  // namespace

std::vector<Option> part_options() {
  return {{"--sample",
           "SEED",
           ValueKind::text,
           {"Verify only some entries, drawn by this seed, each by its proof",
            "仅核验由此种子抽取的若干条目，逐个以证明核验"}},
          {"--count",
           "N",
           ValueKind::positive,
           {"How many entries --sample draws: 100 unless given", "--sample 抽取的条目数，默认 100"},
           false,
           false,
           1'000'000},
          {"--fast",
           "",
           ValueKind::flag,
           {"Verify only checksums: finds accidents, proves nothing",
            "仅核对校验和：可发现意外，不构成证明"}}};
}

unsigned threads_of(const Arguments& arguments) {
  return static_cast<unsigned>(arguments.number("--threads").value_or(threads_default));
}

bool wants_part(const Arguments& arguments) {
  return arguments.has("--sample") || arguments.has("--fast");
}

bool contradict(const Arguments& arguments, Console& console) {
  using Pair = std::array<const char*, 2>;
  constexpr std::array<Pair, 8> never_together = {
      Pair{"--sample", "--fast"},   Pair{"--sample", "--against"}, Pair{"--sample", "--tiles"},
      Pair{"--fast", "--against"},  Pair{"--fast", "--tiles"},     Pair{"--fast", "--checkpoint"},
      Pair{"--against", "--tiles"}, Pair{"--fast", "--vkey"}};
  for (const auto& [one, other] : never_together) {
    if (!arguments.has(one) || !arguments.has(other)) continue;
    console.error(
        console.text("{} does not go with {}. `tally verify --help` shows how to call it.",
                     "{} 不能与 {} 同用。`tally verify --help` 列出其用法。", one, other));
    return true;
  }
  if (arguments.has("--count") && !arguments.has("--sample")) {
    console.error(
        console.text("--count goes with --sample SEED. `tally verify --help` shows how to "
                     "call it.",
                     "--count 须配合 --sample 种子。`tally verify --help` 列出其用法。"));
    return true;
  }
  return false;
}

ledger::Result<Exit> verify_part(const Arguments& arguments, Console& console) {
  return arguments.has("--fast") ? verify_fast(arguments, console)
                                 : verify_sample(arguments, console);
}

}  // namespace cli

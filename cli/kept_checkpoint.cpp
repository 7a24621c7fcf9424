#include "cli/kept_checkpoint.h"

#include <algorithm>

#include "cli/hex.h"
#include "cli/input_file.h"
#include "cli/policy_file.h"
#include "cli/trust.h"
#include "ledger/proof/prover.h"

namespace cli {
namespace {

using ledger::Finding;
using ledger::proof::Checkpoint;
using ledger::proof::VerifierKey;

Finding finding_of(ledger::Message expected, ledger::Message found) {
  return {.where = Finding::Where::checkpoint,
          .index = {},
          .expected = std::move(expected),
          .found = std::move(found),
          .type = {},
          .subject = {}};
}

// What a checkpoint kept elsewhere says about this log; nothing when they agree.
std::optional<Finding> compare_kept(const ledger::Evidence& evidence, const Checkpoint& kept) {
  const auto size = kept.tree.size;
  if (size > evidence.size()) {
    return finding_of(ledger::worded("a log of at least {} entries, as the kept checkpoint signed",
                                     "至少 {} 个条目的日志（留存的检查点所签）", size.value),
                      ledger::worded("{} entries", "{} 个条目", evidence.size().value));
  }
  const auto tiles = evidence.tiles();
  const auto root = ledger::proof::root_at(*tiles, size);
  if (root && *root == kept.tree.root) return std::nullopt;
  return finding_of(ledger::worded("root {} at size {}, as the kept checkpoint signed",
                                   "规模 {1} 时根哈希为 {0}（留存的检查点所签）",
                                   hex(kept.tree.root), size.value),
                    root ? ledger::Message(hex(*root)) : root.error().message);
}

}  // namespace

ledger::Result<VerifierKey> trusted_key(const Arguments& arguments, const VerifierKey& own,
                                        Console& console) {
  if (const auto given = arguments.text("--vkey")) {
    return naming("--vkey", VerifierKey::parse(*given));
  }
  const auto policy = TRY(policy_of(arguments, "--policy", console));
  if (!policy || policy->logs().empty()) return own;
  // Of several logs, the one that this ledger says it is.
  const auto& logs = policy->logs();
  const auto named = std::find_if(logs.begin(), logs.end(),
                                  [&](const auto& log) { return log.key.name() == own.name(); });
  return named == logs.end() ? logs.front().key : named->key;
}

ledger::Result<std::optional<Checkpoint>> kept_checkpoint(const Arguments& arguments,
                                                          const VerifierKey& key,
                                                          Console& console) {
  const auto path = arguments.text("--checkpoint");
  if (!path) return std::optional<Checkpoint>();
  const auto note = TRY(read_input("--checkpoint", *path, console));
  const Trust trust{{{key, key.name()}}, {}, TRY(policy_of(arguments, "--policy", console))};
  return std::optional(TRY(naming("--checkpoint", open_trusted(note, trust))).checkpoint);
}

std::optional<Finding> other_key(const VerifierKey& trusted, const VerifierKey& own) {
  if (trusted.text() == own.text()) return std::nullopt;
  return finding_of(trusted.text(), own.text());
}

ledger::Result<std::optional<Finding>> compare_given(const Arguments& arguments,
                                                     const ledger::Evidence& evidence,
                                                     Console& console) {
  const auto key = TRY(trusted_key(arguments, evidence.verifier(), console));
  if (auto other = other_key(key, evidence.verifier())) return other;
  const auto kept = TRY(kept_checkpoint(arguments, key, console));
  return kept ? compare_kept(evidence, *kept) : std::nullopt;
}

}  // namespace cli

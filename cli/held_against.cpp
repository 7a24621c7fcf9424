#include "cli/held_against.h"

#include <algorithm>
#include <set>

#include "cli/hex.h"
#include "cli/kept_checkpoint.h"
#include "ledger/codec.h"
#include "ledger/proof/hash.h"

namespace cli {
namespace {

using ledger::Finding;

Finding finding_of(const ledger::DifferingEntry& entry) {
  const auto hash_of = [](const std::vector<std::byte>& bytes) {
    return ledger::worded("leaf hash {}", "叶哈希 {}", hex(ledger::proof::hash_leaf(bytes)));
  };
  return {.where = Finding::Where::entry,
          .index = entry.index,
          .expected = hash_of(entry.copy),
          .found = entry.own ? hash_of(*entry.own)
                             : ledger::Message("no entry that can be read", "无法读取的条目"),
          .type = {},
          .subject = {}};
}

void add(ledger::Verification& verification, Finding finding) {
  ++verification.differences;
  verification.findings.push_back(std::move(finding));
}

void add_about(ledger::Verification& verification, ledger::Message expected,
               ledger::Message found) {
  add(verification, {.where = Finding::Where::checkpoint,
                     .index = {},
                     .expected = std::move(expected),
                     .found = std::move(found),
                     .type = {},
                     .subject = {}});
}

}  // namespace

ledger::Result<HeldAgainst> hold_against(const std::string& copy, const Arguments& arguments,
                                         Console& console, const ledger::Evidence& evidence,
                                         ledger::Verification& verification) {
  constexpr std::size_t listed_max = 10'000;
  const auto key = TRY(trusted_key(arguments, evidence.verifier(), console));
  auto opened = ledger::SecondCopy::open(copy, key);
  if (!opened) {
    auto error = std::move(opened).error();
    error.message = ledger::worded("--against: {}", "--against：{}", error.message);
    return error;
  }
  auto comparison = ledger::compare_with_copy(evidence, **opened, listed_max);
  const auto size = (*opened)->tree().size;

  std::set<ledger::Sequence> accused;
  for (const auto& finding : verification.findings) {
    if (finding.where == Finding::Where::entry) accused.insert(*finding.index);
  }
  for (const auto& entry : comparison.differing) {
    if (!accused.contains(entry.index)) add(verification, finding_of(entry));
  }
  // Those beyond the list count as well, though some may have been counted already.
  verification.differences += comparison.differences - comparison.differing.size();
  if (size > evidence.size()) {
    add_about(verification,
              ledger::worded("a log of at least {} entries, as the checkpoint of {} signed",
                             "至少 {} 个条目的日志（{} 的检查点所签）", size.value, copy),
              ledger::worded("{} entries", "{} 个条目", evidence.size().value));
  }
  const auto place = [](const Finding& finding) {
    return finding.index ? finding.index->value : ~std::uint64_t{0};
  };
  std::stable_sort(verification.findings.begin(), verification.findings.end(),
                   [&place](const Finding& a, const Finding& b) { return place(a) < place(b); });
  const auto beyond = evidence.size() > size ? evidence.size().value - size.value : 0;
  return HeldAgainst{comparison.compared, comparison.absent + comparison.unproven + beyond,
                     comparison.unproven, std::move(comparison.differing)};
}

}  // namespace cli

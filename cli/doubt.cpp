#include "cli/doubt.h"

#include <set>

#include "ledger/codec.h"

namespace cli {
namespace {

using ledger::Finding;
using ledger::Sequence;

using OwnBytes = std::vector<std::byte>;

// Whether the finding says that the entry itself is not what was signed.
bool accuses(const Finding& finding) {
  return finding.where == Finding::Where::entry && finding.index;
}

std::string outside_form(Sequence index, const OwnBytes& bytes) {
  std::string text;
  if (const auto entry = ledger::decode(index, bytes)) ledger::append_json(*entry, text);
  return text;
}

std::vector<FieldDifference> fields_of(const ledger::DifferingEntry& entry) {
  const auto expected = outside_form(entry.index, entry.copy);
  const auto found = entry.own ? outside_form(entry.index, *entry.own) : std::string();
  if (expected.empty() || found.empty()) return {{"", expected, found}};
  return field_differences(expected, found);
}

void name_event(Finding& finding, Sequence index, const OwnBytes& bytes) {
  const auto entry = ledger::decode(index, bytes);
  if (!entry) return;
  finding.type = ledger::type_name(entry->type());
  finding.subject = entry->event->subject()->str();
}

}  // namespace

Doubt::Doubt(const ledger::Evidence& evidence, std::vector<Finding>& findings,
             const std::vector<ledger::DifferingEntry>& differing, unsigned threads) {
  std::map<Sequence, Suspect> suspects;
  for (const auto& finding : findings) {
    if (accuses(finding)) suspects[*finding.index].index = *finding.index;
  }
  for (const auto& entry : differing) {
    fields_[entry.index] = fields_of(entry);
    auto& suspect = suspects[entry.index];
    suspect.index = entry.index;
    suspect.expected = entry.copy;
  }
  if (suspects.empty()) return;

  std::vector<Suspect> in_order;
  in_order.reserve(suspects.size());
  for (auto& [index, suspect] : suspects) {
    suspect.found = evidence.entry(index);
    if (suspect.found && !is_plausible(index, *suspect.found)) suspect.found.reset();
    in_order.push_back(suspect);
  }
  std::set<std::string> subjects;
  for (auto& finding : findings) {
    if (!accuses(finding)) continue;
    const auto& expected = suspects.at(*finding.index).expected;
    if (finding.subject.empty() && expected) name_event(finding, *finding.index, *expected);
    if (!finding.subject.empty()) subjects.insert(finding.subject);
  }
  auto stake = Stake::of(evidence, in_order, subjects, threads);
  if (!stake) return;
  stake_ = *std::move(stake);
  for (auto& finding : findings) {
    if (!accuses(finding) || !finding.subject.empty()) continue;
    finding.subject = stake_->subject_of(*finding.index).value_or("");
  }
}

Background Doubt::about(const Finding& finding) const {
  Background background;
  if (!accuses(finding)) return background;
  const auto fields = fields_.find(*finding.index);
  if (fields != fields_.end()) background.fields = fields->second;
  if (!stake_) return background;
  background.dependents = stake_->of_entry(*finding.index);
  if (!background.dependents && !finding.subject.empty()) {
    background.dependents = stake_->of_stream(finding.subject);
  }
  return background;
}

}  // namespace cli

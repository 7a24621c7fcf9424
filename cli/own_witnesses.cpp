#include "cli/own_witnesses.h"

#include <algorithm>

#include "cli/json_line.h"
#include "ledger/config.h"
#include "ledger/durable_file.h"
#include "ledger/open_ledger.h"
#include "ledger/proof/checkpoint.h"
#include "ledger/proof/witness_policy.h"

namespace cli {
namespace {

namespace proof = ledger::proof;

std::optional<ledger::TreeSize> newest_witnessed(ledger::Reader view,
                                                 const proof::WitnessPolicy& policy) {
  const auto key = proof::VerifierKey::parse(view.verifier_key());
  if (!key) return std::nullopt;
  const std::vector<proof::LogIdentity> own{{*key, view.origin()}};
  for (;;) {
    const auto note = view.checkpoint();
    if (!note || !*note) return std::nullopt;
    if (const auto witnessed = proof::open_witnessed(**note, own, policy)) {
      return witnessed->checkpoint.tree.size;
    }
    const auto checkpoint = proof::open_checkpoint(**note, *key, view.origin());
    if (!checkpoint || checkpoint->tree.size.value == 0) return std::nullopt;
    view = view.at({checkpoint->tree.size.value - 1});
  }
}

}  // namespace

std::optional<OwnWitnesses> OwnWitnesses::of(const std::filesystem::path& directory) {
  const ledger::LedgerPaths paths(directory);
  const auto config = ledger::read_config(paths.config);
  if (!config || config->witness_policy.empty()) return std::nullopt;
  const auto policy = proof::WitnessPolicy::parse(config->witness_policy);
  const auto view = ledger::Reader::open(directory);
  if (!policy || !view) return std::nullopt;
  OwnWitnesses own;
  own.size_ = view->size();
  own.witnessed_ = newest_witnessed(*view, *policy);
  if (const auto record = ledger::read_file(paths.unwitnessed)) {
    own.unwitnessed_ = static_cast<std::uint64_t>(std::count(record->begin(), record->end(), '\n'));
  }
  return own;
}

void OwnWitnesses::print(Console& console) const {
  if (witnessed_) {
    console.say("cosigned by a quorum of its witnesses: size {}, {} entries are newer",
                "已由法定数的见证方联署：规模 {}，其后另有 {} 个条目", witnessed_->value,
                size_.value - witnessed_->value);
  } else {
    console.say("no checkpoint in it is cosigned by a quorum of its witnesses",
                "其中没有由法定数的见证方联署的检查点");
  }
  if (unwitnessed_ == 0) return;
  console.say("written {} time(s) while too few witnesses answered: unwitnessed.jsonl says when",
              "曾在见证方应答不足时写入 {} 次：详见 unwitnessed.jsonl", unwitnessed_);
}

void OwnWitnesses::print(projections::JsonObject& object) const {
  object.number("witnessed_size", witnessed_ ? json_number(*witnessed_) : 0);
  if (unwitnessed_ > 0) object.number("unwitnessed", static_cast<std::int64_t>(unwitnessed_));
}

}  // namespace cli

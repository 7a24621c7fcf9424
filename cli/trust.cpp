#include "cli/trust.h"

#include <limits>
#include <span>

#include "cli/input_file.h"
#include "cli/policy_file.h"
#include "ledger/base/time.h"
#include "ledger/proof/note.h"

namespace cli {
namespace {

namespace proof = ledger::proof;

constexpr std::int64_t ns_per_second = 1'000'000'000;

}  // namespace

std::string utc_text(std::uint64_t seconds) {
  if (seconds > std::numeric_limits<std::int64_t>::max() / ns_per_second) {
    return std::to_string(seconds);
  }
  auto text = ledger::to_string_utc(static_cast<std::int64_t>(seconds) * ns_per_second);
  return text.substr(0, text.find('.')) + "Z";
}

Option origin_option() {
  return {.name = "--origin",
          .value = "NAME",
          .kind = ValueKind::text,
          .help = {"The published log's name (default that of its key)",
                   "所发布日志的名称（默认取公钥名称）"}};
}

Option witness_option() {
  return {
      .name = "--witness",
      .value = "KEY",
      .kind = ValueKind::text,
      .help = {"A witness that must have cosigned (repeatable)", "须已联署的见证方公钥（可重复）"},
      .repeated = true};
}

std::string Trust::names() const {
  std::string names;
  for (const auto& log : logs) names.append(names.empty() ? "" : ", ").append(log.key.text());
  return names;
}

ledger::Result<Trust> trust_of(const Arguments& arguments, Console& console) {
  Trust trust{{}, {}, TRY(policy_of(arguments, "--policy", console))};
  if (const auto text = arguments.text("--vkey")) {
    const auto log = TRY(naming("--vkey", proof::VerifierKey::parse(*text)));
    trust.logs.push_back({log, arguments.text("--origin").value_or(log.name())});
  } else if (trust.policy) {
    for (const auto& log : trust.policy->logs()) trust.logs.push_back({log.key, log.key.name()});
  }
  if (trust.logs.empty()) {
    return ledger::Error{ledger::ErrorCode::invalid,
                         console.text("--policy names no log. Add a `log` line, or give the log's "
                                      "key with --vkey.",
                                      "--policy 未列出任何日志。请增加 `log` 行，或以 --vkey "
                                      "给出日志公钥。")};
  }
  for (const auto& text : arguments.all("--witness")) {
    trust.witnesses.push_back(TRY(naming("--witness", proof::VerifierKey::parse(text))));
  }
  return trust;
}

ledger::Result<TrustedCheckpoint> open_trusted(std::string_view note, const Trust& trust) {
  TrustedCheckpoint trusted{{}, trust.logs.front(), {}};
  if (trust.policy) {
    auto witnessed = TRY(proof::open_witnessed(note, trust.logs, *trust.policy));
    trusted.checkpoint = std::move(witnessed.checkpoint);
    trusted.log = std::move(witnessed.log);
    for (const auto& by : witnessed.cosignatures) {
      trusted.cosignatures.push_back({by.witness.name(), utc_text(by.seconds)});
    }
  } else {
    trusted.checkpoint = TRY(proof::open_checkpoint(note, trusted.log.key, trusted.log.origin));
  }
  for (const auto& witness : trust.witnesses) {
    const auto opened = TRY(proof::open_note(note, std::span(&witness, 1)));
    std::string time;
    if (witness.type() == proof::KeyType::cosignature) {
      time = utc_text(proof::cosigned_at(opened.signatures.front()).value_or(0));
    }
    trusted.cosignatures.push_back({witness.name(), std::move(time)});
  }
  return trusted;
}

}  // namespace cli

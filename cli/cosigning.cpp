#include "cli/cosigning.h"

#include <future>
#include <optional>

#include "cli/http/client.h"
#include "cli/printable.h"
#include "ledger/proof/consistency_file.h"
#include "ledger/proof/text.h"
#include "ledger/proof/witness_judgement.h"

namespace cli {
namespace {

namespace proof = ledger::proof;
using proof::WitnessVerdict;
using Outcome = Cosigning::Outcome;

bool is(const http::Answer& answer, WitnessVerdict verdict) {
  return answer.status == static_cast<unsigned>(verdict);
}

std::string first_line(const std::string& body) {
  return printable(std::string_view(body).substr(0, body.find('\n')));
}

// One address, asked once or twice. Lives on a thread of its own.
class Asking {
 public:
  Asking(const ledger::Reader& view, const ledger::SignedTree& head,
         const proof::WitnessPolicy& policy, const http::WebAddress& address,
         const Console& console)
      : view_(view), head_(head), policy_(policy), address_(address), console_(console) {}

  ledger::Result<Cosigning> run() {
    // Whoever signed nothing yet signs at once; the others say where they stand.
    auto answer = post({ledger::TreeSize{0}, {}, head_.note});
    if (answer && is(*answer, WitnessVerdict::stale)) {
      const auto known = size_in(answer->body);
      if (!known) return came_to(Outcome::refused, unintelligible(*answer));
      if (*known > head_.tree.size) return came_to(Outcome::contradicted, ahead(*known));
      ledger::LogProver prover(view_, head_);
      answer = post(TRY(prover.prove_growth(*known)));
    }
    if (!answer) return came_to(Outcome::unreachable, console_.in(answer.error().message));
    return judged(*answer);
  }

 private:
  ledger::Result<http::Answer> post(const proof::ConsistencyFile& request) const {
    return http::send(address_, {"POST", "/add-checkpoint", format(request)});
  }

  Cosigning came_to(Outcome outcome, std::string reason) const {
    return {address_.text(), outcome, std::move(reason)};
  }

  // The body of a 409.
  static std::optional<ledger::TreeSize> size_in(std::string_view body) {
    if (!body.ends_with('\n')) return std::nullopt;
    const auto size = proof::parse_decimal(body.substr(0, body.size() - 1));
    if (!size) return std::nullopt;
    return ledger::TreeSize{*size};
  }

  std::string ahead(ledger::TreeSize known) const {
    return console_.text("it says that it signed {} entries of this log, which has {}",
                         "称其已签署本日志的 {} 个条目，而本日志仅有 {} 个", known.value,
                         head_.tree.size.value);
  }

  std::string unintelligible(const http::Answer& answer) const {
    return console_.text("it answers with status {}: {}", "应答状态 {}：{}", answer.status,
                         first_line(answer.body));
  }

  Cosigning judged(const http::Answer& answer) const {
    if (is(answer, WitnessVerdict::inconsistent)) {
      return came_to(Outcome::contradicted,
                     console_.text("it says that this log is not what it signed before: {}",
                                   "称本日志并非其先前所签：{}", first_line(answer.body)));
    }
    if (!is(answer, WitnessVerdict::cosign)) {
      return came_to(Outcome::refused, unintelligible(answer));
    }
    auto cosigning = came_to(Outcome::cosigned, "");
    const auto lines = proof::parse_signatures(answer.body);
    if (lines) cosigning.signatures = known_of(*lines);
    if (!cosigning.signatures.empty()) return cosigning;
    return came_to(Outcome::refused,
                   console_.text("it answers without a cosignature by a witness of the policy",
                                 "其应答中没有策略所列见证方的有效联署"));
  }

  std::vector<proof::Signature> known_of(const std::vector<proof::Signature>& lines) const {
    const auto note = proof::parse_note(head_.note);
    std::vector<proof::Signature> known;
    for (const auto& signature : lines) {
      for (const auto& witness : policy_.witnesses()) {
        if (note && witness.key.verify(note->text, signature)) known.push_back(signature);
      }
    }
    return known;
  }

  const ledger::Reader& view_;
  const ledger::SignedTree& head_;
  const proof::WitnessPolicy& policy_;
  const http::WebAddress& address_;
  const Console& console_;
};

}  // namespace

ledger::Result<std::vector<Cosigning>> collect_cosignatures(
    const ledger::Reader& view, const ledger::SignedTree& head, const proof::WitnessPolicy& policy,
    const std::vector<http::WebAddress>& addresses, Console& console) {
  std::vector<std::future<ledger::Result<Cosigning>>> asked;
  asked.reserve(addresses.size());
  for (const auto& address : addresses) {
    asked.push_back(std::async(std::launch::async,
                               [&] { return Asking(view, head, policy, address, console).run(); }));
  }
  std::vector<Cosigning> collected;
  collected.reserve(asked.size());
  for (auto& one : asked) collected.push_back(TRY(one.get()));
  return collected;
}

ledger::Result<std::vector<http::WebAddress>> addresses_of(const proof::WitnessPolicy& policy) {
  std::vector<http::WebAddress> addresses;
  for (const auto& witness : policy.witnesses()) {
    if (!witness.url) continue;
    auto address = http::parse_web_address(*witness.url);
    if (!address) {
      return ledger::Error{address.error().code,
                           ledger::worded("witness {}: {}", "见证方 {}：{}",
                                          printable(witness.name), address.error().message)};
    }
    addresses.push_back(*std::move(address));
  }
  return addresses;
}

}  // namespace cli

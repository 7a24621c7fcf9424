// Whatever is sent to a witness gets an answer, and only what continues its log is signed. The
// same bytes as a policy either mean nothing or can be asked about.
#include "ledger/base/check.h"
#include "ledger/proof/hash.h"
#include "ledger/proof/witness_judgement.h"
#include "ledger/proof/witness_policy.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace ledger;
  using namespace ledger::proof;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  // The key of the seeds: its secret is the seed 07 00 00 … of the tests.
  static const std::vector<VerifierKey> keys = [] {
    ed25519::Seed seed{};
    seed[0] = std::byte{7};
    return std::vector<VerifierKey>{SigningKey::of("log.example/north", seed)->verifier()};
  }();
  const TreeHead nothing{TreeSize{0}, empty_root()};
  const TreeHead other{TreeSize{3}, Hash{}};
  for (const auto& known : {nothing, other}) {
    const auto judged = judge_request(text, keys, known);
    check((judged.verdict == WitnessVerdict::malformed) || origin_of_request(text).has_value(),
          "what is judged by its content has a form");
    if (judged.verdict != WitnessVerdict::cosign) continue;
    check(judged.tree.size.value >= known.size.value, "a witness never goes back");
    check(open_note(format(judged.note), keys).operator bool(), "what is signed was signed");
  }
  if (const auto policy = WitnessPolicy::parse(text)) {
    const std::vector<bool> none(policy->witnesses().size(), false);
    const std::vector<bool> all(policy->witnesses().size(), true);
    check(policy->is_met_by(all) || !policy->is_met_by(none), "more witnesses never do less");
    check(policy->is_met_by(all), "all witnesses are a quorum");
  }
  return 0;
}

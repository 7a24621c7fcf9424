#include "projections/certificate.h"

#include <algorithm>

#include "ledger/proof/hash.h"

namespace projections {
namespace {

ledger::Result<std::vector<Certificate::Policy>> policies_of(const Replay& replay) {
  std::vector<ledger::Sequence> published;
  for (const auto& fact : replay.facts().packs_published.all()) {
    published.push_back(ledger::Sequence{fact.index});
  }
  std::vector<Certificate::Policy> policies;
  const auto note = [&](const ledger::Entry& entry) -> ledger::Status {
    const auto& data = entry.payload<schema::PolicyPublished>();
    policies.push_back({data.policy()->str(), data.version(),
                        ledger::proof::sha256(ledger::bytes_of(data.document()->string_view()))});
    return ledger::Ok{};
  };
  TRY(replay.source().read_each(published, note));
  std::sort(policies.begin(), policies.end(), [](const auto& a, const auto& b) {
    return a.policy != b.policy ? a.policy < b.policy : a.version < b.version;
  });
  return policies;
}

}  // namespace

ledger::Result<Certificate> certify(const Replay& replay, const EachRow& each_row) {
  Certificate certificate;
  certificate.policies = TRY(policies_of(replay));
  ledger::proof::Sha256 digest;
  for (const auto model : read_models) {
    const auto printed = TRY(print_model(replay, model));
    for (const auto& row : printed.rows) {
      digest.add(ledger::bytes_of(row));
      digest.add(ledger::bytes_of("\n"));
      if (each_row) each_row(model, row);
    }
    certificate.lines += printed.rows.size();
    certificate.overflows.insert(certificate.overflows.end(), printed.overflows.begin(),
                                 printed.overflows.end());
  }
  certificate.result_sha256 = digest.finish();
  return certificate;
}

}  // namespace projections

#include "projections/certificate.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "ledger/base/in_parallel.h"
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

// Every model, in their order; the one that takes longest is begun first.
ledger::Result<std::vector<ModelRows>> print_models(const Replay& replay) {
  constexpr auto longest = static_cast<std::size_t>(ReadModel::obligations);
  std::array<std::optional<ledger::Result<ModelRows>>, read_models.size()> printed;
  ledger::in_parallel(replay.threads(), printed.size(), [&](std::size_t turn) {
    const auto at = turn == 0 ? longest : turn <= longest ? turn - 1 : turn;
    printed[at].emplace(print_model(replay, read_models[at]));
  });
  std::vector<ModelRows> rows;
  rows.reserve(printed.size());
  for (auto& model : printed) rows.push_back(TRY(std::move(*model)));
  return rows;
}

}  // namespace

ledger::Result<Certificate> certify(const Replay& replay, const EachRow& each_row) {
  Certificate certificate;
  certificate.policies = TRY(policies_of(replay));
  const auto models = TRY(print_models(replay));
  ledger::proof::Sha256 digest;
  for (const auto model : read_models) {
    const auto& printed = models[static_cast<std::size_t>(model)];
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

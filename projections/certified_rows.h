// The rows that a certificate was made of, kept so that a later replay which differs can be
// told where. They prove nothing: the digest in the certificate does, and tells whether they
// are still those.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/bytes.h"
#include "projections/models.h"

namespace projections {

class CertifiedRows {
 public:
  void add(ReadModel model, const std::string& row);

  const std::vector<std::string>& of(ReadModel model) const {
    return rows_[static_cast<std::size_t>(model)];
  }

  // A line that names the form, one `model count` for each model, an empty line, the rows.
  std::string text() const;
  // Nothing for what is no such text, or whose rows do not have that digest.
  static std::optional<CertifiedRows> parse(std::string_view text, const ledger::Hash& sha256);

 private:
  std::array<std::vector<std::string>, read_models.size()> rows_;
};

// Where two sets of rows part first, in the order of the digest.
struct FirstDifference {
  ReadModel model;
  std::size_t line;              // of the model, from 1
  std::string certified, found;  // empty where the rows end
};

std::optional<FirstDifference> first_difference(const CertifiedRows& certified,
                                                const CertifiedRows& found);

}  // namespace projections

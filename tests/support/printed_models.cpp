#include "tests/support/printed_models.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "projections/closed_projects.h"
#include "projections/customer_base.h"
#include "projections/data_quality.h"
#include "projections/late_records.h"
#include "projections/receivables.h"
#include "projections/settlement_desk.h"

namespace test {
namespace {

using projections::ModelRows;

std::unique_ptr<projections::Replay> replayed(const projections::EventSource& source,
                                              const projections::Cut& cut, unsigned threads) {
  auto replay = projections::Replay::run(source, cut, threads);
  if (!replay) FAIL(replay.error().message.en);
  return *std::move(replay);
}

std::vector<std::string> rows_of(ledger::Result<ModelRows> printed) {
  if (!printed) FAIL(printed.error().message.en);
  return std::move((*printed).rows);
}

// `{"index":12,"source":…` → `{"source":…`
std::string without_indexes(const std::string& row) {
  static const std::string key = "\"index\":";
  std::string kept;
  std::size_t from = 0;
  for (auto at = row.find(key); at != std::string::npos; at = row.find(key, from)) {
    kept.append(row, from, at - from);
    from = row.find(',', at) + 1;
  }
  return kept.append(row, from);
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  return text;
}

// The rows of `from` that are not in `other`.
std::vector<std::string> beyond(const std::vector<std::string>& from,
                                const std::vector<std::string>& other) {
  std::vector<std::string> rows;
  std::copy_if(from.begin(), from.end(), std::back_inserter(rows), [&](const std::string& row) {
    return std::find(other.begin(), other.end(), row) == other.end();
  });
  return rows;
}

}  // namespace

PrintedModels print_all(const projections::EventSource& source, const projections::Cut& cut,
                        unsigned threads) {
  const auto replay = replayed(source, cut, threads);
  PrintedModels printed;
  for (const auto model : projections::read_models) {
    printed[std::string(name_of(model))] = rows_of(print_model(*replay, model));
  }
  return printed;
}

PrintedModels print_desks(const projections::EventSource& source, const projections::Cut& cut,
                          const std::vector<std::string>& dealers) {
  const auto replay = replayed(source, cut, 1);
  PrintedModels printed;
  printed["customers"] = rows_of(print_customers(*replay, cut));
  printed["activities"] = rows_of(print_activities(*replay, cut));
  printed["shares"] = rows_of(print_fleet_shares(*replay));
  printed["late"] = rows_of(print_late_records(*replay, cut, 0));
  printed["quality"] = rows_of(print_data_quality(source, cut));
  printed["receivables"] = rows_of(print_receivables(*replay, ""));
  for (const auto& dealer : dealers) {
    printed["settle " + dealer] = rows_of(print_settlement_desk(*replay, cut, dealer));
    printed["true-up " + dealer] = rows_of(print_true_ups(*replay, cut, dealer));
  }
  return printed;
}

PrintedModels placeless(PrintedModels printed) {
  for (auto& [model, rows] : printed) {
    for (auto& row : rows) row = without_indexes(row);
  }
  return printed;
}

void check_same_models(const PrintedModels& got, const PrintedModels& wanted,
                       const std::vector<std::string>& history) {
  REQUIRE(got.size() == wanted.size());
  for (const auto& [model, rows] : wanted) {
    const auto& printed = got.at(model);
    if (printed == rows) continue;
    FAIL_CHECK(model << "\n--- got\n"
                     << joined(beyond(printed, rows)) << "--- wanted\n"
                     << joined(beyond(rows, printed)) << "--- history\n"
                     << joined(history));
  }
}

}  // namespace test

#include "tests/support/printed_models.h"

#include <catch2/catch.hpp>

namespace test {

PrintedModels print_all(const projections::EventSource& source, const projections::Cut& cut,
                        unsigned threads) {
  const auto replay = projections::Replay::run(source, cut, threads);
  if (!replay) FAIL(replay.error().message);
  PrintedModels printed;
  for (const auto model : projections::read_models) {
    auto rows = print_model(**replay, model);
    if (!rows) FAIL(rows.error().message);
    printed[std::string(name_of(model))] = (*rows).rows;
  }
  return printed;
}

}  // namespace test

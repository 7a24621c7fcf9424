#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>

#include "projections/answer.h"
#include "projections/component_cache.h"

namespace projections {

// The rows of read models of a ledger, each model in a file of its cache, so that a question for
// all of them need not replay what was answered before. A file names the size and root of the log
// that it is of and the code that made it, and is used for that log only, by that code only, where
// its checksums vouch for all of it. Without it every answer is the same, later. One thread.
class RowCache {
 public:
  // `cache` is the folder of the ledger that `whole` has all of; both that and the components
  // must outlive this.
  RowCache(const std::filesystem::path& cache, const ledger::Reader& whole,
           const ComponentCache& components)
      : folder_(cache / "rows"), whole_(whole), components_(components) {}

  // Hands out the rows of a model of `view`, each with a line end, where they are kept as they are;
  // holds only a piece of them at a time. False, and nothing was handed out, where they are not.
  // Fails with `unavailable` when they change meanwhile.
  ledger::Result<bool> hand_out(ReadModel model, const EventSource& view, unsigned threads,
                                const std::function<void(std::string_view)>& use) const;

  // The rows of a model of `view`, the ledger at one of its sizes. Those of the whole ledger are
  // then kept, unless some could not be printed or bringing them up to date again costs less than
  // writing them. Fails as replays do.
  ledger::Result<Answer> answer(ReadModel model, const EventSource& view, unsigned threads) const;

 private:
  struct Found;
  std::optional<Found> find(ReadModel model, const EventSource& view) const;
  ledger::Result<std::optional<Answer>> update(ReadModel model, const Answer& kept,
                                               const EventSource& view, unsigned threads) const;
  void keep(ReadModel model, const Answer& answer) const;

  std::filesystem::path path_of(ReadModel model) const { return folder_ / name_of(model); }

  std::filesystem::path folder_;
  const ledger::Reader& whole_;
  const ComponentCache& components_;
};

}  // namespace projections

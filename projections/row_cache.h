#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "projections/answer.h"
#include "projections/component_cache.h"

namespace projections {

// The rows of read models of a ledger at some of its sizes, each in a file of its cache, so that a
// question for all of them need not replay what was answered before, or before an earlier size. A
// file names the size and root of the log that it is of and the code that made it, and is used for
// that log only, by that code only, where its checksums vouch for all of it. Without it every
// answer is the same, later. One thread.
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

  // Of each model, the greatest size and those written last.
  static constexpr std::size_t sizes_kept_max = 3;

  // The rows of a model of `view`, the ledger at one of its sizes, by what is kept of the nearest
  // size that is not greater, nor smaller by more than `ComponentCache::tail_max`. They are then
  // kept, unless some could not be printed or bringing them up to date again costs less than
  // writing them and nothing damaged lies in their place. Fails as replays do.
  ledger::Result<Answer> answer(ReadModel model, const EventSource& view, unsigned threads) const;

 private:
  struct Found;
  std::optional<Found> find(ReadModel model, std::uint64_t size) const;
  std::optional<Answer> nearest(ReadModel model, const EventSource& view) const;
  ledger::Result<std::optional<Answer>> update(ReadModel model, const Answer& kept,
                                               const EventSource& view, unsigned threads) const;
  void keep(ReadModel model, const Answer& answer) const;
  void drop_old(ReadModel model, std::uint64_t written) const;

  std::filesystem::path folder_of(ReadModel model) const { return folder_ / name_of(model); }

  std::filesystem::path path_of(ReadModel model, std::uint64_t size) const {
    return folder_of(model) / std::to_string(size);
  }

  std::filesystem::path folder_;
  const ledger::Reader& whole_;
  const ComponentCache& components_;
};

}  // namespace projections

#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "ledger/reader.h"
#include "projections/components.h"

namespace projections {

// By which events components are joined: those of the view that is asked about, or also later
// ones of its ledger. The rows of either are the same; who counts components or wants to see
// what else is in one needs the former.
enum class JoinedBy : std::uint8_t { view, ledger };

// The components of a ledger, kept in a file of its cache so that a question need not read the
// whole log. The file names the size and root of the log that it is of and the code that made it,
// and is used for that log only, by that code only, as far as its checksums vouch for it. Without
// it every answer is the same, later. One thread.
class ComponentCache {
 public:
  // How many events may lie beyond the file before it is made anew.
  static constexpr std::uint64_t tail_max = 65'536;

  // `cache` is the folder of the ledger that `whole` has all of, and which must outlive this.
  ComponentCache(const std::filesystem::path& cache, const ledger::Reader& whole)
      : path_(cache / "components"), whole_(whole) {}

  // Calls `use` with the components of `view`, the ledger at one of its sizes. Where the file
  // proves damaged meanwhile, what `use` did must not count: it is called again, with components
  // from the events. Those of the whole ledger are then kept, for a cut of at least half of it as
  // well where they may be `JoinedBy::ledger`. Fails as `use` or the view does.
  ledger::Status use(const EventSource& view, JoinedBy joined,
                     const std::function<ledger::Status(const Components&)>& use) const;

 private:
  std::shared_ptr<const ComponentTables> open() const;
  void keep(const ComponentTables& tables) const;

  std::filesystem::path path_;
  const ledger::Reader& whole_;
};

}  // namespace projections

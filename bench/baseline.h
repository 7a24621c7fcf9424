// What `baseline.json` remembers of a run that was found good, so that a change which makes
// something slow is seen. Rates differ from machine to machine and from hour to hour; what is
// kept does not: ratios to ceilings of the same run, and counts of instructions.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/base/error.h"

namespace bench {

// By work or loop.
using Figures = std::map<std::string, double, std::less<>>;

struct Baseline {
  std::uint64_t events = 0;        // of the history that the ratios are of
  Figures ratios;                  // of our rate to that of the ceiling
  Figures instructions_per_event;  // of the inner loops

  // Fails with `not_found` or `unavailable` for a file that cannot be read, and with `invalid`
  // for one that is no baseline.
  static ledger::Result<Baseline> read(const std::filesystem::path& file);
  // The same, but nothing where there is no file.
  static ledger::Result<std::optional<Baseline>> read_if_there(const std::filesystem::path& file);
  // Replaces the file as a whole. Fails with `unavailable`.
  ledger::Status write(const std::filesystem::path& file) const;
};

// The share of its old ratio that a work must keep. Far below 1, since whatever else the
// machine does disturbs one side more than the other.
inline constexpr double ratio_kept = 0.7;
// How far a count may be from the old one, as a share of it. Counts hardly vary by themselves.
inline constexpr double instructions_moved_max = 0.1;

// The least ratio that will do. Nothing for a work that the baseline does not have.
std::optional<double> ratio_wanted(const Baseline& baseline, std::string_view work);

// Counts between which nothing has changed. Nothing for a loop that the baseline does not have.
struct Range {
  double lowest, highest;
};

std::optional<Range> instructions_wanted(const Baseline& baseline, std::string_view loop);

}  // namespace bench

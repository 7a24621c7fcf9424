// What every line comes to, by name, so that two evaluations can be compared.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "projections/replay.h"

namespace projections {

// `O1/standard` or, without an entitlement of its own, `<vin>/demo`.
struct LineAmount {
  std::string line;
  std::string dealer;    // empty: an unknown order's
  std::string customer;  // of the order; empty: none, or an unknown order's
  std::optional<std::int64_t> entitled_fen;
  std::int64_t over_fen = 0;
};

struct Amounts {
  std::vector<LineAmount> lines;       // sorted by name
  std::vector<std::string> overflows;  // names of lines whose amounts do not fit into int64
};

Amounts amounts_of(const Replay& replay);

// A line that two evaluations give other amounts. Where one of them has no such line, it
// counts as 0 there.
struct ChangedLine {
  std::string line;
  std::string dealer;    // before; after, where the line is not there before; empty: unknown
  std::string customer;  // likewise
  std::optional<std::int64_t> before_fen, after_fen;  // entitled; absent of a demo car
  std::int64_t over_before_fen = 0, over_after_fen = 0;

  std::int64_t difference_fen() const { return after_fen.value_or(0) - before_fen.value_or(0); }

  std::int64_t over_difference_fen() const { return over_after_fen - over_before_fen; }
};

// The lines whose entitled or over differs, sorted by name; a line that overflows on either
// side is not compared.
std::vector<ChangedLine> changed_lines(const Amounts& before, const Amounts& after);

// The names that overflow in either, sorted, each once.
std::vector<std::string> overflows_of(const Amounts& before, const Amounts& after);

// Appends the JSON of a changed line (cli.md, `what-if`).
void append_changed(const ChangedLine& changed, std::string& out);

}  // namespace projections

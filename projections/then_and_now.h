// Why what is known now gives other amounts than what was known then.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "projections/replay.h"

namespace projections {

// What moved a line, in the order in which the causes are applied (cli.md, `diff`): facts that
// happened after the last recorded time of what was known then; facts that happened up to it
// and were learned after; voids; findings and appeals; packs and notices; the rules version.
enum class Cause : std::uint8_t { newer, late, corrected, finding, policy, code };
inline constexpr std::size_t cause_count = 6;

// `new`, `late`, …: the key of its amount without `_fen`.
std::string_view name_of(Cause cause);

// A line that is entitled to another amount now. The parts add up to the difference.
struct Shift {
  std::string line;
  std::int64_t before_fen = 0, after_fen = 0;         // 0 where there is no such line
  std::array<std::int64_t, cause_count> parts_fen{};  // by Cause
};

struct Shifts {
  std::vector<Shift> lines;            // sorted by name
  std::vector<std::string> overflows;  // lines that cannot be compared
};

// Replays the first `then` events of `source` and, cause by cause, what the rest of it adds.
// `code` is what events written under a newer version of the rules than any before `then` come
// to by that version instead of the newest one before. Requires `then` to be at most the size of
// the source. Fails as a replay does.
ledger::Result<Shifts> shifts_since(const EventSource& source, ledger::TreeSize then,
                                    const Cut& cut, unsigned threads);

// Appends the JSON of one line (cli.md, `diff`).
void append_shift(const Shift& shift, std::string& out);

}  // namespace projections

// A TOML document as plain values that remember their lines.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ledger/base/error.h"
#include "ledger/base/time.h"

namespace projections::policy {

struct Value;
using Array = std::vector<Value>;
using Table = std::map<std::string, Value, std::less<>>;

// What stands in front of the line number in an error about a policy pack.
inline constexpr ledger::Wording in_pack{"the policy pack is refused: line ", "政策包被拒绝，行 "};

// A TOML type that no pack uses: a float, a time, a date with a time.
struct Foreign {
  ledger::Message type;
};

struct Value {
  std::variant<std::int64_t, bool, std::string, ledger::Date, Array, Table, Foreign> content;
  std::uint32_t line;  // counted from 1; 0 for the document as a whole
};

// Reads TOML 1.0; the result holds a Table. Fails with `invalid` on a syntax error, a key
// given twice, a date that does not exist, and tables nested deeper than any pack's; the
// message begins with `place` and the line.
ledger::Result<Value> parse_document(std::string_view text, const ledger::Message& place = in_pack);

// What stands there, for an error message: `5`, `"taxi"`, `a table`.
ledger::Message describe(const Value& value);

}  // namespace projections::policy

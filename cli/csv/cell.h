// What stands in a cell, as people and spreadsheets write it, to the values of the catalogue.
// Pure and exact; whatever would have to be guessed or rounded is not read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/time.h"

namespace cli::csv {

// Without the white space around it: ASCII, the ideographic and the no-break space.
std::string_view trimmed(std::string_view text);

// `2017/3/5`, `2017-03-05`, `2017年3月5日`, `20170305`; a time of midnight after it, as
// spreadsheets add, is dropped. Nothing for a day that does not exist.
std::optional<ledger::Date> read_date(std::string_view text);

// A date, and a time of day if one stands there.
struct DateTime {
  ledger::Date date;
  std::optional<std::string> time;  // `14:02:03`
};

// A date as above, alone or with ` 14:02` or ` 14:02:03` after it. An hour of 24 is none.
std::optional<DateTime> read_date_time(std::string_view text);

// `2017-03`, `2017/3`, `2017年3月`, `201703`, as `2017-03`.
std::optional<std::string> read_month(std::string_view text);

// Whole numbers, with thousands separated by commas or not: `1,234`, `-5`.
std::optional<std::int64_t> read_integer(std::string_view text);

// In what an amount is written. The number is the power of ten that makes it fen.
enum class Unit : std::uint8_t { fen = 0, yuan = 2, wan_yuan = 6 };

// An amount in fen: `1,234.5`, `￥12`, and with the unit behind it where that is `unit`
// (`3.5万元`, `12元`, `7分`). Nothing for a negative one, for one more precise than a fen, or
// for one that does not fit.
std::optional<std::int64_t> read_amount(std::string_view text, Unit unit);

// 是 and 否.
std::optional<bool> read_truth(std::string_view text);

// The trimmed pieces between any of `separators`; nothing when one is empty.
std::optional<std::vector<std::string>> read_list(std::string_view text,
                                                  const std::vector<std::string>& separators);

// Whether a digit of the full-width forms stands there (１２３), which is often the reason why a
// number is not read.
bool has_full_width_digit(std::string_view text);

}  // namespace cli::csv

// What the writer of a refused line is told.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "ledger/base/error.h"
#include "ledger/base/message.h"

namespace ledger {

inline constexpr Wording nothing_there{"nothing", "空"};
inline constexpr Wording wanted_object{"one JSON object a line", "每行一个 JSON 对象"};
inline constexpr Wording wanted_key_id{"8 lower-case hex digits", "8 位小写十六进制数字"};

// Why a line was refused: which field (a dotted path, `data.vins[3]`; empty for the
// line as a whole), what stood there and what was wanted.
struct Refusal {
  std::string field;
  Message got;
  Message wanted;

  // `field: got …, wanted …`
  Message message() const;
};

// The error that it becomes for whoever did not hand in lines.
Error refused(const Refusal& refusal);
Error refused(std::string field, Message got, Message wanted);

// What is wanted where one of these names would do.
template <class Names>
Message one_of(const Names& names) {
  return worded("one of {}", "下列之一：{}", fmt::format("{}", fmt::join(names, ", ")));
}

// `text` in quotes, fit for a terminal: shortened to some 60 characters and without
// control or direction characters, whoever wrote it.
std::string quoted(std::string_view text);
// The same without quotes, for names that the writer of the line has chosen.
std::string printable(std::string_view text);

}  // namespace ledger

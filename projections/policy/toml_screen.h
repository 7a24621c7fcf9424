// What the TOML parser must not be given. toml++ 3.3 recurses as deep as a key is dotted,
// so that 60 kB can exhaust the stack, and runs into undefined behaviour on some characters
// that stand outside strings; neither is an error to it. Both are found here first.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "ledger/base/message.h"

namespace projections::policy {

struct Unfit {
  std::uint32_t line;
  ledger::Message got, wanted;
};

// The first thing in `text` that the parser cannot take; nothing when it can have it.
// TOML 1.0 forbids all of it but very many dots.
std::optional<Unfit> screen_toml(std::string_view text);

}  // namespace projections::policy

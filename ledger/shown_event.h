// An event as an export shows it, also to whoever has no key of the vault.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "ledger/refusal.h"

namespace ledger {

// Reads one event in the outside form, in which sealed values may stand as exports show them:
// `{"sealed":PERSON,"sha256":COMMITMENT}`. `entry` is then an event whose author's signature can
// be checked. It is none to be kept: of the sealed values it has no ciphertext.
std::optional<Refusal> read_shown_event(std::string_view json_line, std::vector<std::byte>& entry);

}  // namespace ledger

#pragma once

#include <string>
#include <string_view>

namespace cli {

// `text` as a terminal may show it: controls, line ends, marks that turn the direction of
// writing, and bytes that are no UTF-8 appear as `\n`, `\x1b`, `\u202e`; the rest as it is.
// For whatever comes from the ledger or from a file; JSON has its own escapes.
std::string printable(std::string_view text);

// The same for a text of our own that quotes some: its line ends stay.
std::string printable_lines(std::string_view text);

}  // namespace cli

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cli {

// How many columns of a terminal `text` (UTF-8) takes: two for Chinese and other wide
// characters, none for combining ones.
std::size_t display_width(std::string_view text);

// `text` with spaces after it, or before it, up to `width` columns.
std::string pad_right(std::string_view text, std::size_t width);
std::string pad_left(std::string_view text, std::size_t width);

// `text` cut to `width` columns with an ellipsis when it is wider.
std::string shorten(std::string_view text, std::size_t width);

}  // namespace cli

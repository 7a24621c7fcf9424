#include "cli/csv/encoding.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/locale/encoding.hpp>

#include "ledger/utf8.h"

namespace cli::csv {
namespace {

constexpr unsigned char ascii_end = 0x80;

unsigned char byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < ascii_end; });
}

// How many bytes the character at the start of `text` takes by its form, never more than
// there are: a second byte that is a digit makes it one of four.
std::size_t gb18030_width(std::string_view text) {
  if (byte_at(text, 0) < ascii_end || text.size() == 1) return 1;
  const auto second = byte_at(text, 1);
  if (second < '0') return 1;
  return std::min<std::size_t>(second <= '9' ? 4 : 2, text.size());
}

// Nothing when the bytes encode no text.
std::optional<std::string> converted(std::string_view bytes) {
  namespace conversion = boost::locale::conv;
  try {
    auto text = conversion::to_utf<char>(bytes.data(), bytes.data() + bytes.size(), "GB18030",
                                         conversion::stop);
    if (ledger::find_invalid_utf8(text)) return std::nullopt;
    return text;
  } catch (const conversion::conversion_error&) {
    return std::nullopt;
  }
}

std::string hex_of(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) {
    if (!text.empty()) text += ' ';
    text += fmt::format("{:02X}", static_cast<unsigned char>(byte));
  }
  return text;
}

// The character at the start of `rest`: its width, and whether it is one.
struct Step {
  std::size_t width;
  std::optional<std::string> text;
};

Step step_utf8(std::string_view rest) {
  const auto point = ledger::next_code_point(rest);
  if (point.size == 0) return {1, std::nullopt};
  return {point.size, std::string(rest.substr(0, point.size))};
}

Step step_gb18030(std::string_view rest) {
  const auto width = gb18030_width(rest);
  auto text = converted(rest.substr(0, width));
  // Of a form that encodes nothing only the first byte is at fault: what looks like its
  // second may be a quote or a comma.
  return {text ? width : 1, std::move(text)};
}

// Character by character, once it is known that something is wrong.
Undecodable find_fault(std::string_view line, Encoding encoding, std::string& text) {
  std::optional<Undecodable> first;
  std::size_t column = 1;
  text.clear();
  while (!line.empty()) {
    const auto step = encoding == Encoding::utf8 ? step_utf8(line) : step_gb18030(line);
    if (!step.text && !first) {
      const auto shown = encoding == Encoding::utf8 ? 1 : gb18030_width(line);
      first = Undecodable{column, hex_of(line.substr(0, shown))};
    }
    text += step.text.value_or("?");
    line.remove_prefix(step.width);
    ++column;
  }
  // Together the characters failed, so that one of them must have.
  return first.value_or(Undecodable{1, "?"});
}

}  // namespace

std::optional<Encoding> encoding_named(std::string_view name) {
  if (name == "utf-8") return Encoding::utf8;
  if (name == "gb18030") return Encoding::gb18030;
  return std::nullopt;
}

std::string_view name_of(Encoding encoding) {
  return encoding == Encoding::utf8 ? "UTF-8" : "GB18030";
}

std::optional<Undecodable> decode_line(std::string_view line, Encoding encoding,
                                       std::string& text) {
  if (encoding == Encoding::utf8 ? !ledger::find_invalid_utf8(line) : is_ascii(line)) {
    text = line;
    return std::nullopt;
  }
  if (encoding == Encoding::gb18030) {
    if (auto whole = converted(line)) {
      text = *std::move(whole);
      return std::nullopt;
    }
  }
  return find_fault(line, encoding, text);
}

}  // namespace cli::csv

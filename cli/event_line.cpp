#include "cli/event_line.h"

#include <fmt/format.h>

#include "cli/printable.h"

namespace cli {

bool is_blank(const LineReader::Line& line) {
  return !line.too_long() && line.text.find_first_not_of(" \t") == std::string_view::npos;
}

std::optional<ledger::Message> encode_line(const LineReader::Line& line, ledger::Encoder& encoder,
                                           ledger::Batch& batch) {
  if (line.too_long()) {
    return ledger::worded("got a line of {} bytes, wanted one event, at most {} bytes",
                          "得到 一行 {} 字节，应为 一个事件，最多 {} 字节", line.byte_count,
                          LineReader::line_bytes_max);
  }
  const auto refusal = encoder.add(line.text, batch);
  if (!refusal) return std::nullopt;
  return refusal->message();
}

void show_refused(const RefusedLine& refused, Console& console) {
  console.note("{}: {}", "{}：{}", printable(fmt::format("{}:{}", refused.file, refused.line)),
               console.in(refused.why));
}

std::string shown_name(const std::string& file) {
  return file == "-" ? "stdin" : file;
}

}  // namespace cli

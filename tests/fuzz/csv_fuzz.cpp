// Files of strangers under maps of strangers: `map NUL file`; without a map, a fixed one. Every
// row is refused, or becomes entries whose export becomes the same entries again.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/csv/column_map.h"
#include "cli/csv/encoding.h"
#include "cli/csv/record.h"
#include "cli/csv/row_events.h"
#include "ledger/base/check.h"

namespace {

using namespace cli::csv;
using ledger::check;

constexpr std::string_view fixed_map = R"(source = "s"
[[event]]
type = "bill.tendered"
id = "{a}"
when = { column = "a" }
time = { column = "b", at = "09:30" }
recordedtime = { column = "c", optional = true }
[event.data]
bill = "{a}"
dealer = { column = "d" }
bank = { column = "e" }
local_small_bank = { column = "f", optional = true }
face_fen = { column = "g", unit = "wan_yuan" }
issued_on = { column = "b" }
matures_on = 2017-12-31
endorsements = { column = "e", separators = ["、", ";"], optional = true }
)";

void export_again(const ledger::Batch& batch) {
  ledger::Encoder encoder;
  for (std::size_t at = 0; at < batch.count(); ++at) {
    const auto built = batch.entry(at);
    std::vector<std::uint64_t> words(built.size() / sizeof(std::uint64_t) + 1);  // aligned
    const auto bytes = std::as_writable_bytes(std::span(words)).first(built.size());
    std::copy(built.begin(), built.end(), bytes.begin());
    ledger::stamp(bytes, 1'488'326'400'000'000'000, -1);
    const auto entry = ledger::decode({at}, bytes);
    check(static_cast<bool>(entry), "what a row builds decodes");
    std::string line;
    ledger::append_json(*entry, line);
    ledger::Batch again;
    check(!encoder.add(line, again), "what is exported can be imported");
    const auto same = ledger::decode({at}, again.entry(0));
    check(same && ledger::same_content(*entry, *same), "the export states the same");
  }
}

void read(const ColumnMap& map, std::string_view file, Encoding encoding) {
  std::optional<RecordReader> records;
  std::optional<RowEvents> rows;
  ledger::Encoder encoder;
  ledger::Batch batch;
  std::uint64_t number = 0;
  const auto use = [&](Record record) {
    const auto language = number % 2 == 0 ? cli::Language::chinese : cli::Language::english;
    if (record.fault) return;
    if (!rows) {
      rows.emplace();
      if (RowEvents::lay(map, record.cells, language, *rows)) rows.reset();
    } else if (record.cells.size() >= rows->column_count()) {
      record.cells.resize(rows->column_count());
      (void)rows->encode(record.cells, encoder, batch);
    }
  };
  while (!file.empty()) {
    const auto end = std::min(file.find('\n'), file.size());
    std::string text;
    (void)decode_line(file.substr(0, end), encoding, text);
    if (!records) {
      records.emplace(map.delimiter.value_or(has_outside_quotes(text, '\t') ? '\t' : ','));
    }
    if (auto record = records->take(++number, text)) use(*std::move(record));
    file.remove_prefix(std::min(end + 1, file.size()));
  }
  if (records) {
    if (auto record = records->finish()) use(*std::move(record));
  }
  export_again(batch);
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer looks for this name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  const auto end = input.find('\0');
  const auto map = parse_map(end == std::string_view::npos ? fixed_map : input.substr(0, end), "m");
  if (!map) {
    check(map.error().code == ledger::ErrorCode::invalid, "a bad map is invalid input");
    return 0;
  }
  const auto file = end == std::string_view::npos ? input : input.substr(end + 1);
  read(*map, file, Encoding::utf8);
  read(*map, file, Encoding::gb18030);
  return 0;
}

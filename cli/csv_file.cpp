#include "cli/csv_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/csv/record.h"
#include "cli/csv/row_events.h"
#include "cli/event_line.h"

namespace cli {
namespace {

bool is_empty(const std::vector<std::string>& cells) {
  return std::all_of(cells.begin(), cells.end(),
                     [](const auto& cell) { return csv::trimmed(cell).empty(); });
}

// One file on its way through.
class CsvReading {
 public:
  CsvReading(LineReader& reader, const CsvFile& file, Console& console)
      : reader_(reader), file_(file), console_(console) {}

  // Reads the header line and lays the map over it. False for a file without lines.
  ledger::Result<bool> begin() {
    const auto header = TRY(next());
    if (!header) return false;
    auto why = fault_;
    if (why && !undecodable_.empty()) *why += encoding_advice();
    if (!why) {
      why = csv::RowEvents::lay(file_.map, header->cells, console_.language(), events_);
      if (why) *why += console_.text("; ", "；") + separation();
    }
    if (why) {
      return ledger::Error{ledger::ErrorCode::invalid,
                           console_.text("{}:{}: {}", "{}:{}：{}", file_.name, header->line, *why)};
    }
    console_.note("{}: {}; {} columns, not used: {}", "{}：{}；共 {} 列，未使用：{}", file_.name,
                  separation(), events_.column_count(), unused());
    return true;
  }

  // The next row that holds something; false at the end, and when `take` wants no more.
  ledger::Result<bool> take_row(const TakeEvents& take, bool& more) {
    auto record = TRY(next());
    if (!record) return false;
    if (!fault_ && is_empty(record->cells)) return true;
    more = TRY(take(file_.name, record->line,
                    [&](auto& encoder, auto& batch) { return encode(*record, encoder, batch); }));
    return more;
  }

 private:
  // The next record, and in `fault_` what is wrong with it; nothing at the end of the file.
  ledger::Result<std::optional<csv::Record>> next() {
    fault_.reset();
    undecodable_.clear();
    std::optional<csv::Record> record;
    while (!record) {
      const auto line = TRY(reader_.next());
      if (!line) {
        if (records_) record = records_->finish();
        break;
      }
      decode(*line);
      if (!records_) separate();
      record = records_->take(line->number, text_);
    }
    if (record && record->fault && !fault_) fault_ = misquoted(*record->fault);
    return record;
  }

  // The line as UTF-8, in `text_`.
  void decode(const LineReader::Line& line) {
    const auto broken = csv::decode_line(line.text, file_.encoding, text_);
    if (fault_) return;  // only the first of a row is told
    if (line.too_long()) {
      fault_ = console_.text("got a line of {} bytes, wanted at most {}",
                             "得到 一行 {} 字节，应为 至多 {} 字节", line.byte_count,
                             LineReader::line_bytes_max);
    } else if (reader_.marked_utf8() && file_.encoding != csv::Encoding::utf8) {
      fault_ = console_.text("got the byte order mark of UTF-8, wanted {}; leave --encoding out",
                             "得到 UTF-8 的字节顺序标记，应为 {}；请去掉 --encoding",
                             csv::name_of(file_.encoding));
    } else if (broken) {
      undecodable_ = broken->bytes;
      fault_ = console_.text("line {}, character {}: got the bytes {}, wanted {}",
                             "第 {} 行第 {} 个字符：得到 字节 {}，应为 {}", line.number,
                             broken->column, broken->bytes, csv::name_of(file_.encoding));
    }
  }

  // What to try when the header line cannot be decoded.
  std::string encoding_advice() const {
    if (undecodable_.starts_with("FF") || undecodable_.starts_with("FE")) {
      return console_.text("; a spreadsheet's Unicode text (UTF-16) must be saved as CSV in UTF-8",
                           "；电子表格的“Unicode 文本”（UTF-16）请另存为 UTF-8 的 CSV");
    }
    if (file_.encoding != csv::Encoding::utf8) return {};
    return console_.text("; a file in the encoding of Chinese Windows wants --encoding gb18030",
                         "；中文 Windows 编码的文件请加 --encoding gb18030");
  }

  // Decides, at the header line, what stands between cells.
  void separate() {
    constexpr std::string_view mark = "\xEF\xBB\xBF";  // GB18030 can spell one too
    if (text_.starts_with(mark)) text_.erase(0, mark.size());
    const bool tabs = csv::has_outside_quotes(text_, '\t');
    delimiter_ = file_.map.delimiter.value_or(tabs ? '\t' : ',');
    records_.emplace(delimiter_);
  }

  // `separated by tabs, as the map says`
  std::string separation() const {
    const auto what = delimiter_ == '\t' ? console_.text("separated by tabs", "以制表符分隔")
                                         : console_.text("separated by commas", "以逗号分隔");
    if (file_.map.delimiter) return what + console_.text(", as the map says", "（映射如此规定）");
    if (delimiter_ == '\t') {
      return what + console_.text(", since its header line holds a tab", "（表头行含制表符）");
    }
    return what + console_.text(", since its header line holds no tab", "（表头行不含制表符）");
  }

  std::string unused() const {
    if (events_.unused().empty()) return console_.text("none", "无");
    return fmt::format("{}", fmt::join(events_.unused(), console_.text(", ", "、")));
  }

  std::string misquoted(const csv::Misquoted& fault) const {
    return console_.text("line {}, character {}: got {}, wanted {}",
                         "第 {} 行第 {} 个字符：得到 {}，应为 {}", fault.line, fault.column,
                         console_.in(fault.got), console_.in(fault.wanted));
  }

  std::optional<std::string> encode(csv::Record& record, ledger::Encoder& encoder,
                                    ledger::Batch& batch) const {
    if (fault_) return fault_;
    auto& cells = record.cells;
    const auto wanted = events_.column_count();
    const auto got = cells.size();
    // What stands behind the last column is nothing, or else nobody knows what it means.
    while (cells.size() > wanted && csv::trimmed(cells.back()).empty()) cells.pop_back();
    if (cells.size() != wanted) {
      return console_.text("got {} cells, wanted {}, as the header line has",
                           "得到 {} 个单元格，应为 {} 个，与表头行相同", got, wanted);
    }
    return events_.encode(cells, encoder, batch);
  }

  LineReader& reader_;
  const CsvFile& file_;
  Console& console_;
  std::string text_;  // the line at hand
  std::optional<std::string> fault_;
  std::string undecodable_;  // bytes in hex, where the fault is one of encoding
  char delimiter_ = ',';
  std::optional<csv::RecordReader> records_;
  csv::RowEvents events_;
};

}  // namespace

ledger::Result<bool> read_csv(LineReader& reader, const CsvFile& file, const TakeEvents& take,
                              const std::function<void()>& told, Console& console) {
  CsvReading reading(reader, file, console);
  bool more = TRY(reading.begin());
  if (!more) return true;
  while (TRY(reading.take_row(take, more))) told();
  return more;
}

}  // namespace cli

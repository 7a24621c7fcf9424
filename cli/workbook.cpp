#include "cli/workbook.h"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>

#include "cli/display_width.h"
#include "cli/printable.h"
#include "cli/yuan.h"
#include "ledger/base/check.h"
#include "ledger/utf8.h"

namespace cli {
namespace {

constexpr std::size_t width_min = 8, width_max = 60;
constexpr std::int64_t seconds_a_day = 86'400;
constexpr std::int64_t fen_a_yuan = 100;
constexpr std::size_t text_characters_max = 32'767;
constexpr int year_min = 1900;  // dates are days since

struct Formats {
  lxw_format* heading;
  lxw_format* text;
  lxw_format* count;
  lxw_format* money;
  lxw_format* date;
};

Formats make_formats(lxw_workbook* book) {
  const auto with = [&](const char* number) {
    auto* format = workbook_add_format(book);
    format_set_num_format(format, number);
    return format;
  };
  auto* heading = workbook_add_format(book);
  format_set_bold(heading);
  format_set_bottom(heading, LXW_BORDER_THIN);
  return {heading, with("@"), with("0"), with("#,##0.00"), with("yyyy-mm-dd")};
}

// A text as a cell can hold it; what is cut off says so.
std::string fitted(const std::string& text) {
  auto shown = printable(text);
  std::size_t characters = 0;
  for (std::size_t at = 0; at < shown.size(); ++characters) {
    if (characters + 2 == text_characters_max) return shown.substr(0, at) + "…";
    at +=
        std::max<std::size_t>(1, ledger::next_code_point(std::string_view(shown).substr(at)).size);
  }
  return shown;
}

bool is_number(std::int64_t value) {
  return value >= -sheet_number_max && value <= sheet_number_max;
}

// What the cell shows, more or less: for the width of its column.
std::string shown(const SheetCell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* count = std::get_if<std::int64_t>(&cell)) return std::to_string(*count);
  if (const auto* fen = std::get_if<Fen>(&cell)) return yuan(fen->value);
  if (const auto* date = std::get_if<ledger::Date>(&cell)) return ledger::to_string(*date);
  return {};
}

// One cell after the other into a sheet; the first failure is kept.
class SheetWriter {
 public:
  SheetWriter(lxw_worksheet* sheet, const Formats& formats) : sheet_(sheet), formats_(formats) {}

  void write(const Sheet& sheet) {
    for (std::size_t column = 0; column < sheet.headings.size(); ++column) {
      write_text(0, column, sheet.headings[column], formats_.heading);
    }
    for (std::size_t row = 0; row < sheet.rows.size(); ++row) {
      for (std::size_t column = 0; column < sheet.rows[row].size(); ++column) {
        write_cell(row + 1, column, sheet.rows[row][column]);
      }
    }
    set_widths(sheet);
    worksheet_freeze_panes(sheet_, 1, 0);
    const auto last = static_cast<lxw_col_t>(sheet.headings.size() - 1);
    keep(worksheet_autofilter(sheet_, 0, 0, static_cast<lxw_row_t>(sheet.rows.size()), last));
  }

  lxw_error failure() const { return failure_; }

 private:
  void keep(lxw_error error) {
    if (failure_ == LXW_NO_ERROR) failure_ = error;
  }

  void write_text(std::size_t row, std::size_t column, const std::string& text,
                  lxw_format* format) {
    keep(worksheet_write_string(sheet_, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column),
                                fitted(text).c_str(), format));
  }

  void write_number(std::size_t row, std::size_t column, double number, lxw_format* format) {
    keep(worksheet_write_number(sheet_, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column),
                                number, format));
  }

  void write_cell(std::size_t row, std::size_t column, const SheetCell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) {
      write_text(row, column, *text, formats_.text);
    } else if (const auto* count = std::get_if<std::int64_t>(&cell)) {
      if (!is_number(*count)) return write_text(row, column, shown(cell), formats_.text);
      write_number(row, column, static_cast<double>(*count), formats_.count);
    } else if (const auto* fen = std::get_if<Fen>(&cell)) {
      // The double next to the amount, which any 15 digits find again: this is where money
      // leaves the house, and nothing is computed from it.
      if (!is_number(fen->value)) return write_text(row, column, shown(cell), formats_.text);
      write_number(row, column, static_cast<double>(fen->value) / double{fen_a_yuan},
                   formats_.money);
    } else if (const auto* date = std::get_if<ledger::Date>(&cell)) {
      const auto civil = ledger::civil(*date);
      if (civil.year < year_min) {
        return write_text(row, column, shown(cell), formats_.text);
      }
      lxw_datetime day{civil.year, civil.month, civil.day, 0, 0, 0};
      keep(worksheet_write_datetime(sheet_, static_cast<lxw_row_t>(row),
                                    static_cast<lxw_col_t>(column), &day, formats_.date));
    }
  }

  void set_widths(const Sheet& sheet) {
    for (std::size_t column = 0; column < sheet.headings.size(); ++column) {
      auto width = display_width(sheet.headings[column]) + 2;  // and the arrow of the filter
      for (const auto& row : sheet.rows) width = std::max(width, display_width(shown(row[column])));
      width = std::clamp(width + 1, width_min, width_max);
      const auto at = static_cast<lxw_col_t>(column);
      keep(worksheet_set_column(sheet_, at, at, static_cast<double>(width), nullptr));
    }
  }

  lxw_worksheet* sheet_;
  const Formats& formats_;
  lxw_error failure_ = LXW_NO_ERROR;
};

}  // namespace

ledger::Status write_workbook(const std::string& path, const std::vector<Sheet>& sheets,
                              ledger::Date made_on) {
  const auto failed = [&](lxw_error error) {
    return ledger::Error{ledger::ErrorCode::unavailable,
                         ledger::worded("{}: cannot be written ({}); choose another place or make "
                                        "room.",
                                        "{}：无法写入（{}）；请换一个位置，或腾出空间。", path,
                                        std::string_view(lxw_strerror(error)))};
  };
  auto* book = workbook_new(path.c_str());
  if (book == nullptr) return failed(LXW_ERROR_MEMORY_MALLOC_FAILED);
  const auto formats = make_formats(book);
  lxw_error failure = LXW_NO_ERROR;
  for (const auto& sheet : sheets) {
    ledger::check(!sheet.headings.empty() && sheet.rows.size() <= sheet_rows_max,
                  "a sheet has columns, and no more rows than the format");
    auto* made = workbook_add_worksheet(book, sheet.name.c_str());
    ledger::check(made != nullptr, "a sheet has a name that the format allows");
    SheetWriter writer(made, formats);
    writer.write(sheet);
    if (failure == LXW_NO_ERROR) failure = writer.failure();
  }
  // The time of making would differ from run to run.
  lxw_doc_properties properties{};
  properties.created = std::max<std::int64_t>(1, made_on.days * seconds_a_day);
  const auto described = workbook_set_properties(book, &properties);
  const auto closed = workbook_close(book);  // frees the book, whatever it returns
  if (failure == LXW_NO_ERROR) failure = described != LXW_NO_ERROR ? described : closed;
  if (failure != LXW_NO_ERROR) return failed(failure);
  return ledger::Ok{};
}

}  // namespace cli

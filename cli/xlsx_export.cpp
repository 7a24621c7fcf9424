#include "cli/xlsx_export.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "cli/headings.h"
#include "cli/hex.h"
#include "cli/placed_file.h"
#include "cli/row_filter.h"
#include "cli/row_table.h"
#include "cli/version.h"
#include "cli/workbook.h"
#include "projections/certificate.h"

namespace cli {
namespace {

// Keys whose texts are days, or instants, which stay texts.
constexpr std::array<std::string_view, 6> date_keys{"confirmed", "documents", "documents_due",
                                                    "done",      "due",       "protected_until"};

SheetCell cell_of(std::string_view key, const boost::json::value& value, Language language) {
  if (value.is_string()) {
    const std::string text(value.get_string().data(), value.get_string().size());
    const bool dated = std::find(date_keys.begin(), date_keys.end(), key) != date_keys.end();
    if (const auto date = dated ? ledger::parse_date(text) : std::nullopt) return *date;
    return text;
  }
  if (!value.is_number()) return shown(key, value, language);
  const auto number = value.to_number<std::int64_t>();
  if (key.ends_with("_fen")) return Fen{number};
  return number;
}

// A column for each of `keys` and for each other key that a row has.
Sheet table_of(const XlsxContent& content, Language language) {
  std::vector<std::string> keys(content.keys.begin(), content.keys.end());
  std::vector<boost::json::object> objects;
  objects.reserve(content.rows.size());
  for (const auto& row : content.rows) {
    objects.push_back(boost::json::parse(row).as_object());
    for (const auto& member : objects.back()) {
      const std::string key(member.key());
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
    }
  }
  Sheet sheet{std::string(content.model), {}, {}};
  for (const auto& key : keys) {
    auto title = heading(key, language);
    if (key.ends_with("_fen")) title += Text{" (yuan)", "（元）"}.in(language);
    sheet.headings.push_back(std::move(title));
  }
  for (const auto& object : objects) {
    auto& cells = sheet.rows.emplace_back();
    for (const auto& key : keys) {
      const auto* const value = object.if_contains(key);
      cells.push_back(value == nullptr ? SheetCell{} : cell_of(key, *value, language));
    }
  }
  return sheet;
}

// What the table stands on, so that anyone can make it again and compare.
ledger::Result<Sheet> source_of(const XlsxContent& content, const Projection& projection,
                                const Arguments& arguments, const Console& console) {
  const auto certificate = TRY(projections::certify(projection.replay()));
  Sheet sheet{console.text("source", "出处"),
              {console.text("item", "项目"), console.text("value", "值")},
              {}};
  const auto add = [&](std::string name, SheetCell value) {
    sheet.rows.push_back({std::move(name), std::move(value)});
  };
  const auto& cut = projection.cut();
  add(console.text("read model", "读模型"), std::string(content.model));
  add(console.text("rows", "行数"), static_cast<std::int64_t>(content.rows.size()));
  add(console.text("ledger", "账本"), projection.reader().origin());
  add(console.text("log size", "日志规模"),
      static_cast<std::int64_t>(projection.reader().size().value));
  add(console.text("root", "根哈希"), hex(TRY(projection.reader().root())));
  add(console.text("known at", "已知截至"),
      cut.known_at ? SheetCell(static_cast<std::int64_t>(*cut.known_at))
                   : SheetCell(console.text("the whole log", "全部日志")));
  add(console.text("effective at", "生效截至"),
      cut.effective_at ? SheetCell(*cut.effective_at)
                       : SheetCell(console.text("every date", "全部日期")));
  if (const auto as_of = projection.replay().as_of()) add(console.text("as of", "截止日"), *as_of);
  for (const auto& option : filter_options()) {
    if (const auto value = arguments.text(option.name)) {
      add(fmt::format("{} {}", console.text("filter", "筛选"), option.name), *value);
    }
  }
  if (arguments.has(breached_option)) {
    add(fmt::format("{} {}", console.text("filter", "筛选"), breached_option),
        console.text("yes", "是"));
  }
  add(console.text("result of the replay (SHA-256)", "重放结果（SHA-256）"),
      hex(certificate.result_sha256));
  for (const auto& policy : certificate.policies) {
    add(fmt::format("{} {} {}", console.text("policy", "政策"), policy.policy, policy.version),
        hex(policy.sha256));
  }
  add(console.text("code", "程序"), version_text());
  for (const auto& name : content.overflows) {
    add(console.text("left out, an amount beyond 64 bits", "未列出（金额超出 64 位）"), name);
  }
  return sheet;
}

}  // namespace

std::vector<Option> xlsx_options() {
  return {{"--xlsx",
           "FILE",
           ValueKind::text,
           {"Write the rows to this workbook instead, with a sheet that says what they stand on",
            "改为写入此工作簿，另附一页说明其出处"}},
          {"--force",
           "",
           ValueKind::flag,
           {"Write over the workbook that is there", "覆盖已存在的工作簿"}}};
}

ledger::Result<std::optional<std::string>> xlsx_wanted(const Arguments& arguments,
                                                       Console& console) {
  const auto file = arguments.text("--xlsx");
  if (file && !arguments.has("--force")) TRY(check_free(*file, console));
  return file;
}

ledger::Status write_xlsx(const std::string& file, const XlsxContent& content,
                          const Projection& projection, const Arguments& arguments,
                          Console& console) {
  if (content.rows.size() > sheet_rows_max) {
    return ledger::Error{
        ledger::ErrorCode::invalid,
        console.text("{}: got {} rows, wanted at most {}, which is what a sheet takes; choose some "
                     "with a filter such as --dealer, or take --json.",
                     "{}：得到 {} 行，应为 至多 {} 行，即一页的上限；请用 --dealer 等筛选，或改用 "
                     "--json。",
                     file, content.rows.size(), sheet_rows_max)};
  }
  const std::vector<Sheet> sheets{table_of(content, console.language()),
                                  TRY(source_of(content, projection, arguments, console))};
  const auto as_of = projection.replay().as_of().value_or(ledger::Date{});
  TRY(place_file(
      file, arguments.has("--force") ? IfThere::replace : IfThere::keep,
      [&](const std::string& draft) { return write_workbook(draft, sheets, as_of); }, console));
  console.note("{}: {} rows written", "{}：已写入 {} 行", file, content.rows.size());
  return ledger::Ok{};
}

}  // namespace cli

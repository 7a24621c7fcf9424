#include "cli/finding_report.h"

#include "cli/json_line.h"
#include "cli/printable.h"
#include "cli/yuan.h"

namespace cli {
namespace {

using ledger::Finding;

void append_field(const FieldDifference& difference, std::string& out) {
  projections::JsonObject object(out);
  object.text("field", difference.field);
  if (!difference.expected.empty()) object.raw("expected", difference.expected);
  if (!difference.found.empty()) object.raw("found", difference.found);
  object.close();
}

void print_json(const Finding& finding, const Background& background, Console& console) {
  console.write(json_line([&](auto& object) {
    if (finding.index) object.number("index", static_cast<std::int64_t>(finding.index->value));
    object.text("where", name_of(finding.where))
        .text("expected", finding.expected.en)
        .text("found", finding.found.en);
    if (background.fields) object.array("fields", *background.fields, append_field);
    if (!finding.type.empty()) object.text("type", finding.type);
    if (!finding.subject.empty()) object.text("subject", finding.subject);
    if (!background.dependents) return;
    object
        .array("lines", background.dependents->lines,
               [](const std::string& line, std::string& out) {
                 projections::append_quoted(line, out);
               })
        .number("fen_at_stake", background.dependents->fen);
  }));
}

// A JSON value as people read it: nothing is said to be absent, and what is long is cut.
std::string shown(const std::string& value, Console& console) {
  constexpr std::size_t bytes_max = 300;
  if (value.empty()) return console.text("nothing", "无");
  auto text = printable(value);
  if (text.size() <= bytes_max) return text;
  auto end = bytes_max;
  while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

void print_prose(const Finding& finding, const Background& background, Console& console) {
  auto where = std::string(name_of(finding.where));
  if (finding.index) {
    where = console.text("entry {}, {}", "条目 {}，{}", finding.index->value, where);
  }
  const auto* const colon = finding.type.empty() && finding.subject.empty() ? "" : ":";
  where += colon;
  if (!finding.type.empty()) where += " " + finding.type;
  if (!finding.subject.empty()) where += " " + finding.subject;
  where = printable(where);
  console.say("{}\n  expected  {}\n  found     {}", "{}\n  应为  {}\n  实为  {}", where,
              printable(console.in(finding.expected)), printable(console.in(finding.found)));
  if (background.fields) {
    for (const auto& difference : *background.fields) {
      const auto name = difference.field.empty() ? console.text("the whole event", "整个事件")
                                                 : printable(difference.field);
      console.say("  {}: expected {}, found {}", "  {}：应为 {}，实为 {}", name,
                  shown(difference.expected, console), shown(difference.found, console));
    }
  }
  if (!background.dependents || background.dependents->lines.empty()) return;
  const auto lines = printable(fmt::format("{}", fmt::join(background.dependents->lines, ", ")));
  const auto amount = yuan(background.dependents->fen);
  if (background.dependents->by_stream) {
    console.say("  at stake  up to {} yuan, by what else its stream names: {}",
                "  涉及  至多 {} 元（依其事件流所涉）：{}", amount, lines);
  } else {
    console.say("  at stake  {} yuan: {}", "  涉及  {} 元：{}", amount, lines);
  }
}

}  // namespace

void print_finding(const Finding& finding, const Background& background, bool json,
                   Console& console) {
  if (json) {
    print_json(finding, background, console);
  } else {
    print_prose(finding, background, console);
  }
}

}  // namespace cli

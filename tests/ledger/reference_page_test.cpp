// docs/EVENTS.md says what the catalogue says. When this fails after a change of the
// schemas, write the page anew with: codec_tests "[write-page]"
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "ledger/catalogue.h"
#include "tests/support/tests_dir.h"

namespace ledger::test {
namespace {

constexpr std::string_view introduction = R"(# Event types

Written by `codec_tests "[write-page]"` from the schemas; a test fails when they differ. Do not edit.

An event is one JSON object on one line (CloudEvents 1.0). Its attributes:

| attribute | value |
|---|---|
| `specversion` | required, `"1.0"` |
| `id` | required, 1 to 64 bytes, unique within `source` |
| `source` | required, 1 to 128 bytes without `#`: the system that the event comes from |
| `type` | required, one of the types below |
| `subject` | required, the stream: what the type's subject gives with the values of `data` |
| `time` | required, RFC 3339 with offset: when it happened |
| `recordedtime` | RFC 3339 with offset: when the source learned of it |
| `actor` | up to 128 bytes: who did it |
| `role` | as what: {roles} |
| `correlationid`, `causationid` | `source#id` of another event |
| `authorkey`, `authorsig` | both or neither: the key's 8 hex digits, the Ed25519 signature in base64 |
| `authorsalts` | with a signature over personal values: `field=` and 32 hex digits for each, separated by commas |
| `dataschema` | `"v1"`; absent means the same |
| `data` | required, the fields of the type |
| `ledgerindex`, `appendedtime` | written by an export, ignored by an import |

No attribute holds a control character. Whatever is not listed here is refused, in `data` too.
An event takes at most 65,535 bytes stored.
)";

std::string worded(const EventRule& rule, const std::vector<Condition>& conditions) {
  std::string text;
  for (const auto& condition : conditions) {
    const auto& field = rule.fields[condition.field];
    text += fmt::format("{}`{}` is `{}`", text.empty() ? "" : " and ", field.name,
                        field.values[static_cast<std::size_t>(condition.value)]);
  }
  return text;
}

std::string presence(const EventRule& rule, const FieldRule& field) {
  if (field.required) return "required";
  std::string text = "optional";
  if (!field.required_if.empty()) {
    text = fmt::format("required when {}", worded(rule, field.required_if));
  }
  if (!field.only_if.empty()) text += ", refused otherwise";
  return text;
}

std::string whose(const FieldRule& field) {
  if (field.personal.empty()) return "";
  if (field.personal == "natural_customer") {
    return "; personal when the customer is a natural person";
  }
  return "; personal";
}

std::string section(const EventRule& rule) {
  auto text = fmt::format("\n### `{}`\n\n", rule.name);
  if (!rule.comment.empty()) text += fmt::format("{}\n", rule.comment.substr(1));
  text += fmt::format("Subject `{}`.\n", rule.subject);
  if (!rule.exactly_one_wanted.en.empty()) {
    text += fmt::format("Of the optional fields, {}.\n", rule.exactly_one_wanted.en);
  }
  text += "\n| field | | value |\n|---|---|---|\n";
  for (const auto& field : rule.fields) {
    text += fmt::format("| `{}` | {} | {}{}{} |\n", field.name, presence(rule, field),
                        field.array ? "array, each " : "", field.wanted.en, whose(field));
  }
  return text;
}

std::string reference_page() {
  const auto roles = fmt::format("`{}`", fmt::join(catalogue().roles().names(), "`, `"));
  std::string page(introduction);
  page.replace(page.find("{roles}"), 7, roles);
  std::string_view last;
  for (const auto& rule : catalogue().events()) {
    const auto aggregate = rule.name.substr(0, rule.name.find('.'));
    if (aggregate != last) page += fmt::format("\n## {}\n", aggregate);
    last = aggregate;
    page += section(rule);
  }
  return page;
}

std::string path() {
  return ::test::in_tests("../docs/EVENTS.md");
}

TEST_CASE("the reference page says what the catalogue says") {
  std::ifstream in(path(), std::ios::binary);
  std::ostringstream page;
  page << in.rdbuf();
  // Compared as a whole, reported as a sentence: the page is long.
  INFO("docs/EVENTS.md is stale: write it anew with codec_tests \"[write-page]\"");
  CHECK((page.str() == reference_page()));
}

TEST_CASE("write the reference page", "[.write-page]") {
  std::ofstream(path(), std::ios::binary) << reference_page();
}

}  // namespace
}  // namespace ledger::test

#include "ledger/proof/mention_statement.h"

#include <span>

#include "ledger/base/check.h"
#include "ledger/proof/base64.h"
#include "ledger/proof/note.h"
#include "ledger/proof/text.h"

namespace ledger::proof {
namespace {

constexpr std::string_view suffix = "/mentions";
constexpr std::string_view version = "tally-mentions/v1";

constexpr Wording statement_kind{"a statement of mentions", "提及索引声明"};

}  // namespace

std::string format(const MentionStatement& statement) {
  check(!statement.origin.empty() && statement.origin.find('\n') == std::string::npos,
        "an origin is one line");
  std::string text = statement.origin;
  text.append(suffix).append("\n").append(version).append("\n");
  text.append(std::to_string(statement.log.size.value)).append("\n");
  text.append(encode_base64(statement.log.root)).append("\n");
  return text + encode_base64(statement.map) + "\n";
}

Result<MentionStatement> parse_mention_statement(std::string_view text) {
  MentionStatement statement;
  auto line = take_line(text).value_or("");
  if (line.size() <= suffix.size() || !line.ends_with(suffix) || !is_plain_text(line)) {
    return malformed(statement_kind, {"first line", "首行"}, line,
                     worded("an origin and {}", "日志名称与 {}", suffix));
  }
  statement.origin = line.substr(0, line.size() - suffix.size());
  line = take_line(text).value_or("");
  if (line != version) {
    return malformed(statement_kind, {"second line", "第二行"}, line, std::string(version));
  }
  line = take_line(text).value_or("");
  const auto size = parse_decimal(line);
  if (!size)
    return malformed(statement_kind, {"size", "规模"}, line,
                     {"a decimal number without leading zeros", "不带前导零的十进制数"});
  statement.log.size = TreeSize{*size};
  for (auto* const root : {&statement.log.root, &statement.map}) {
    line = take_line(text).value_or("");
    const auto hash = decode_hash(line);
    if (!hash) {
      return malformed(statement_kind, {"root", "根哈希"}, line,
                       {"the base64 of 32 bytes", "32 字节的 base64"});
    }
    *root = *hash;
  }
  if (!text.empty())
    return malformed(statement_kind, {"end", "结尾"}, text,
                     {"nothing after the root of the map", "提及索引根哈希之后再无内容"});
  return statement;
}

Result<MentionStatement> open_mention_statement(std::string_view note, const VerifierKey& log,
                                                std::string_view origin) {
  const Note opened = TRY(open_note(note, std::span(&log, 1)));
  auto statement = TRY(parse_mention_statement(opened.text));
  if (statement.origin == origin) return statement;
  return Error{ErrorCode::corrupt, worded("this is a statement of the log {}, wanted one of {}",
                                          "这是日志 {} 的声明，应为日志 {} 的声明",
                                          quoted(statement.origin), quoted(origin))};
}

}  // namespace ledger::proof

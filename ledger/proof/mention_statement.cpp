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

constexpr std::string_view statement_kind = "a statement of mentions";

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
    return malformed(statement_kind, "first line", line, "an origin and " + std::string(suffix));
  }
  statement.origin = line.substr(0, line.size() - suffix.size());
  line = take_line(text).value_or("");
  if (line != version) return malformed(statement_kind, "second line", line, std::string(version));
  line = take_line(text).value_or("");
  const auto size = parse_decimal(line);
  if (!size)
    return malformed(statement_kind, "size", line, "a decimal number without leading zeros");
  statement.log.size = TreeSize{*size};
  for (auto* const root : {&statement.log.root, &statement.map}) {
    line = take_line(text).value_or("");
    const auto hash = decode_hash(line);
    if (!hash) return malformed(statement_kind, "root", line, "the base64 of 32 bytes");
    *root = *hash;
  }
  if (!text.empty())
    return malformed(statement_kind, "end", text, "nothing after the root of the map");
  return statement;
}

Result<MentionStatement> open_mention_statement(std::string_view note, const VerifierKey& log,
                                                std::string_view origin) {
  const Note opened = TRY(open_note(note, std::span(&log, 1)));
  auto statement = TRY(parse_mention_statement(opened.text));
  if (statement.origin == origin) return statement;
  return Error{ErrorCode::corrupt, "this is a statement of the log " + quoted(statement.origin) +
                                       ", wanted one of " + quoted(origin)};
}

}  // namespace ledger::proof

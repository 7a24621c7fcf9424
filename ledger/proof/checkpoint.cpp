#include "ledger/proof/checkpoint.h"

#include <optional>
#include <span>

#include "ledger/base/check.h"
#include "ledger/proof/base64.h"
#include "ledger/proof/note.h"
#include "ledger/proof/text.h"

namespace ledger::proof {
namespace {

constexpr std::string_view checkpoint_kind = "a checkpoint";

bool is_line(std::string_view text) {
  return !text.empty() && text.find('\n') == std::string_view::npos && is_plain_text(text);
}

}  // namespace

std::string format(const Checkpoint& checkpoint) {
  check(is_line(checkpoint.origin), "an origin is one line");
  std::string text = checkpoint.origin + "\n" + std::to_string(checkpoint.tree.size.value) + "\n" +
                     encode_base64(checkpoint.tree.root) + "\n";
  for (const std::string& extension : checkpoint.extensions) {
    check(is_line(extension), "an extension is one line");
    text += extension + "\n";
  }
  return text;
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
  if (!is_note_text(text)) {
    return malformed(checkpoint_kind, "text", text, "lines of UTF-8 without control characters");
  }
  Checkpoint checkpoint;
  const auto origin = take_line(text);
  if (!origin || origin->empty())
    return malformed(checkpoint_kind, "origin", "", "the name of a log");
  checkpoint.origin = *origin;

  const auto size_line = take_line(text).value_or("");
  const auto size = parse_decimal(size_line);
  if (!size)
    return malformed(checkpoint_kind, "tree size", size_line,
                     "a decimal number without leading zeros");
  checkpoint.tree.size = TreeSize{*size};

  const auto root_line = take_line(text).value_or("");
  const auto root = decode_hash(root_line);
  if (!root) return malformed(checkpoint_kind, "root", root_line, "the base64 of 32 bytes");
  checkpoint.tree.root = *root;

  while (const auto extension = take_line(text)) {
    if (extension->empty())
      return malformed(checkpoint_kind, "extension", "", "a line that is not empty");
    checkpoint.extensions.emplace_back(*extension);
  }
  return checkpoint;
}

Result<Checkpoint> open_checkpoint(std::string_view note, const VerifierKey& log,
                                   std::string_view origin) {
  const Note opened = TRY(open_note(note, std::span(&log, 1)));
  Checkpoint checkpoint = TRY(parse_checkpoint(opened.text));
  if (checkpoint.origin != origin) {
    return Error{ErrorCode::corrupt, "this is a checkpoint of the log " +
                                         quoted(checkpoint.origin) + ", wanted one of " +
                                         quoted(origin)};
  }
  return checkpoint;
}

}  // namespace ledger::proof

#include "ledger/proof/checkpoint.h"

#include <optional>
#include <span>

#include "ledger/base/check.h"
#include "ledger/proof/base64.h"
#include "ledger/proof/note.h"
#include "ledger/proof/text.h"

namespace ledger::proof {
namespace {

constexpr Wording checkpoint_kind{"a checkpoint", "检查点"};

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
    return malformed(checkpoint_kind, {"text", "文本"}, text,
                     {"lines of UTF-8 without control characters", "不含控制字符的 UTF-8 各行"});
  }
  Checkpoint checkpoint;
  const auto origin = take_line(text);
  if (!origin || origin->empty())
    return malformed(checkpoint_kind, {"origin", "日志名称"}, "",
                     {"the name of a log", "日志的名称"});
  checkpoint.origin = *origin;

  const auto size_line = take_line(text).value_or("");
  const auto size = parse_decimal(size_line);
  if (!size)
    return malformed(checkpoint_kind, {"tree size", "规模"}, size_line,
                     {"a decimal number without leading zeros", "不带前导零的十进制数"});
  checkpoint.tree.size = TreeSize{*size};

  const auto root_line = take_line(text).value_or("");
  const auto root = decode_hash(root_line);
  if (!root)
    return malformed(checkpoint_kind, {"root", "根哈希"}, root_line,
                     {"the base64 of 32 bytes", "32 字节的 base64"});
  checkpoint.tree.root = *root;

  while (const auto extension = take_line(text)) {
    if (extension->empty())
      return malformed(checkpoint_kind, {"extension", "扩展行"}, "",
                       {"a line that is not empty", "非空的行"});
    checkpoint.extensions.emplace_back(*extension);
  }
  return checkpoint;
}

Result<Checkpoint> open_checkpoint(std::string_view note, const VerifierKey& log,
                                   std::string_view origin) {
  const Note opened = TRY(open_note(note, std::span(&log, 1)));
  Checkpoint checkpoint = TRY(parse_checkpoint(opened.text));
  if (checkpoint.origin != origin) {
    return Error{ErrorCode::corrupt, worded("this is a checkpoint of the log {}, wanted one of {}",
                                            "这是日志 {} 的检查点，应为日志 {} 的检查点",
                                            quoted(checkpoint.origin), quoted(origin))};
  }
  return checkpoint;
}

}  // namespace ledger::proof

#include "ledger/proof/completeness_file.h"

#include "ledger/base/check.h"
#include "ledger/proof/base64.h"
#include "ledger/proof/note.h"
#include "ledger/proof/text.h"

namespace ledger::proof {
namespace {

constexpr std::string_view header = "tally-complete@v1";
constexpr std::string_view id_mark = "id ";
constexpr std::string_view count_mark = "count ";
constexpr std::string_view other_mark = "other ";
constexpr std::size_t siblings_max = 256;  // bits of a key
constexpr std::string_view hex_digits = "0123456789ABCDEF";

constexpr Wording completeness_kind{"a proof of completeness", "完备性证明"};

// An id may hold any character; the line that names it may not.
std::string escaped(std::string_view id) {
  std::string text;
  for (const char c : id) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x20 && byte != 0x7F && c != '%') {
      text += c;
      continue;
    }
    text += '%';
    text += hex_digits[byte >> 4U];
    text += hex_digits[byte & 0x0FU];
  }
  return text;
}

// The inverse; nothing for what `escaped` does not write.
std::optional<std::string> unescaped(std::string_view text) {
  std::string id;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      id += text[at];
      continue;
    }
    if (text.size() - at < 3) return std::nullopt;
    const auto high = hex_digits.find(text[at + 1]);
    const auto low = hex_digits.find(text[at + 2]);
    if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
    id += static_cast<char>(high << 4U | low);
    at += 2;
  }
  if (id.empty() || escaped(id) != text) return std::nullopt;
  return id;
}

// The parts of the file, one after the other.
class FileReader {
 public:
  explicit FileReader(std::string_view text) : rest_(text) {}

  Result<CompletenessFile> run() {
    const auto first = line();
    if (first != header)
      return malformed(completeness_kind, {"first line", "首行"}, first, std::string(header));
    TRY(read_id());
    TRY(read_indexes());
    TRY(read_path());
    TRY(read_notes());
    return std::move(file_);
  }

 private:
  std::string_view line() { return take_line(rest_).value_or(""); }

  Status read_id() {
    const auto text = line();
    const auto id =
        text.starts_with(id_mark) ? unescaped(text.substr(id_mark.size())) : std::nullopt;
    if (!id)
      return malformed(completeness_kind, {"id line", "标识行"}, text,
                       {"\"id \" and an id, escaped as it must be", "\"id \" 与按规定转义的标识"});
    file_.id = *id;
    return Ok{};
  }

  Status read_indexes() {
    const auto text = line();
    const auto count =
        text.starts_with(count_mark) ? parse_decimal(text.substr(count_mark.size())) : std::nullopt;
    if (!count)
      return malformed(completeness_kind, {"count line", "计数行"}, text,
                       {"\"count \" and a decimal number", "\"count \" 与十进制数"});
    for (std::uint64_t read = 0; read < *count; ++read) {
      const auto next = line();
      const auto index = parse_decimal(next);
      if (!index) {
        return malformed(
            completeness_kind, {"list", "列表"}, next,
            worded("the index of an entry, {} of them", "条目的序号，共 {} 个", *count));
      }
      file_.indexes.push_back(Sequence{*index});
    }
    const auto end = take_line(rest_);
    if (end != "")
      return malformed(completeness_kind, {"list", "列表"}, end.value_or(""),
                       {"an empty line after the last index", "末个序号之后的空行"});
    return Ok{};
  }

  // `other KEY COUNT CHAIN`
  Status read_other(std::string_view text) {
    const auto key_end = text.find(' ');
    const auto count_end =
        key_end == std::string_view::npos ? key_end : text.find(' ', key_end + 1);
    constexpr Wording part{"other leaf", "另一标识的叶"};
    constexpr Wording wanted{"\"other \", a key, a count and a chain", "\"other \"、键、计数与链"};
    if (count_end == std::string_view::npos)
      return malformed(completeness_kind, part, text, wanted);
    const auto key = decode_hash(text.substr(0, key_end));
    const auto count = parse_decimal(text.substr(key_end + 1, count_end - key_end - 1));
    const auto chain = decode_hash(text.substr(count_end + 1));
    if (!key || !count || !chain) return malformed(completeness_kind, part, text, wanted);
    file_.proof.other = MentionLeaf{*key, {*count, *chain}};
    return Ok{};
  }

  Status read_path() {
    for (auto next = take_line(rest_); next != ""; next = take_line(rest_)) {
      if (!next)
        return malformed(completeness_kind, {"end", "结尾"}, rest_,
                         {"an empty line, then two signed notes", "空行，其后为两份签名便笺"});
      if (next->starts_with(other_mark) && !file_.proof.other && file_.proof.siblings.empty()) {
        TRY(read_other(next->substr(other_mark.size())));
        continue;
      }
      const auto hash = decode_hash(*next);
      if (!hash || file_.proof.siblings.size() == siblings_max) {
        return malformed(
            completeness_kind, {"hash", "哈希"}, *next,
            {"the base64 of 32 bytes, at most 256 times", "32 字节的 base64，至多 256 个"});
      }
      file_.proof.siblings.push_back(*hash);
    }
    return Ok{};
  }

  // A checkpoint's text has no empty line, so the second one ends its note.
  Status read_notes() {
    const auto text_end = rest_.find("\n\n");
    const auto end =
        text_end == std::string_view::npos ? text_end : rest_.find("\n\n", text_end + 2);
    if (end == std::string_view::npos) {
      return malformed(
          completeness_kind, {"end", "结尾"}, rest_,
          {"a checkpoint, an empty line, a statement of mentions", "检查点、空行、提及索引声明"});
    }
    file_.checkpoint = rest_.substr(0, end + 1);
    file_.statement = rest_.substr(end + 2);
    const Note checkpoint = TRY(parse_note(file_.checkpoint));
    TRY(parse_checkpoint(checkpoint.text));
    const Note statement = TRY(parse_note(file_.statement));
    TRY(parse_mention_statement(statement.text));
    return Ok{};
  }

  std::string_view rest_;
  CompletenessFile file_;
};

}  // namespace

std::string format(const CompletenessFile& file) {
  check(!file.id.empty(), "a proof of completeness is about an id");
  check(parse_note(file.checkpoint) && parse_note(file.statement),
        "a proof of completeness ends with two signed notes");
  std::string text(header);
  text.append("\n").append(id_mark).append(escaped(file.id)).append("\n");
  text.append(count_mark).append(std::to_string(file.indexes.size())).append("\n");
  for (const auto index : file.indexes) text.append(std::to_string(index.value)).append("\n");
  text += "\n";
  if (const auto& other = file.proof.other) {
    text.append(other_mark).append(encode_base64(other->key)).append(" ");
    text.append(std::to_string(other->list.count)).append(" ");
    text.append(encode_base64(other->list.chain)).append("\n");
  }
  for (const Hash& hash : file.proof.siblings) text.append(encode_base64(hash)).append("\n");
  return text + "\n" + file.checkpoint + "\n" + file.statement;
}

Result<CompletenessFile> parse_completeness_file(std::string_view text) {
  return FileReader(text).run();
}

Result<Checkpoint> check_completeness(const CompletenessFile& file, const VerifierKey& log,
                                      std::string_view origin) {
  auto checkpoint = TRY(open_checkpoint(file.checkpoint, log, origin));
  const auto statement = TRY(open_mention_statement(file.statement, log, origin));
  if (statement.log != checkpoint.tree) {
    const auto differing = statement.log.size == checkpoint.tree.size
                               ? Message(" with another root", "，根哈希不同")
                               : Message();
    return Error{ErrorCode::corrupt,
                 worded("the statement of mentions is about a log of {} entries, the checkpoint "
                        "about one of {}{}",
                        "提及索引声明针对 {} 个条目的日志，检查点针对 {} 个条目的日志{}",
                        statement.log.size.value, checkpoint.tree.size.value, differing)};
  }
  if (!file.indexes.empty() && file.indexes.back().value >= checkpoint.tree.size.value) {
    return Error{ErrorCode::invalid,
                 worded("entry {} is not among the {} that the checkpoint signs",
                        "条目 {} 不在检查点所签的 {} 个条目之内", file.indexes.back().value,
                        checkpoint.tree.size.value)};
  }
  TRY(verify_mentions(file.id, file.indexes, file.proof, statement.map));
  return checkpoint;
}

}  // namespace ledger::proof

#include "ledger/proof/note.h"

#include <algorithm>
#include <optional>

#include "ledger/base/check.h"
#include "ledger/proof/base64.h"
#include "ledger/proof/text.h"

namespace ledger::proof {
namespace {

constexpr std::string_view signature_mark = "\u2014 ";  // an em dash and a space
constexpr std::size_t id_bytes = 4;

Error malformed(const Message& reason) {
  return {ErrorCode::invalid, worded("not a signed note: {}", "不是签名便笺：{}", reason)};
}

// Reads `— <name> <base64(id ‖ signature)>`, without its line end.
std::optional<Signature> parse_signature(std::string_view line) {
  if (!line.starts_with(signature_mark)) return std::nullopt;
  line.remove_prefix(signature_mark.size());
  const auto space = line.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  Signature signature;
  signature.name = line.substr(0, space);
  const auto bytes = decode_base64(line.substr(space + 1));
  if (!is_key_name(signature.name) || !bytes || bytes->size() <= id_bytes) return std::nullopt;
  for (const std::byte byte : Bytes(*bytes).first(id_bytes)) {
    signature.key.value = signature.key.value << 8 | std::to_integer<std::uint32_t>(byte);
  }
  signature.bytes.assign(bytes->begin() + id_bytes, bytes->end());
  return signature;
}

}  // namespace

bool is_note_text(std::string_view text) {
  return text.ends_with('\n') && is_plain_text(text);
}

std::string format(const Signature& signature) {
  std::vector<std::byte> bytes;
  for (unsigned shift = 32; shift != 0; shift -= 8) {
    bytes.push_back(static_cast<std::byte>((signature.key.value >> (shift - 8)) & 0xFFU));
  }
  bytes.insert(bytes.end(), signature.bytes.begin(), signature.bytes.end());
  std::string line(signature_mark);
  line.append(signature.name).append(" ").append(encode_base64(bytes)).append("\n");
  return line;
}

Result<std::vector<Signature>> parse_signatures(std::string_view lines) {
  std::vector<Signature> signatures;
  while (const auto line = take_line(lines)) {
    auto signature = parse_signature(*line);
    if (!signature) {
      return malformed(worded("this is no signature line: {}", "这不是签名行：{}", quoted(*line)));
    }
    if (signatures.size() == note_signatures_max) {
      return malformed(
          worded("there are more than {} signatures", "签名多于 {} 个", note_signatures_max));
    }
    signatures.push_back(std::move(*signature));
  }
  if (!lines.empty()) {
    return malformed(
        worded("the last line has no line end: {}", "末行没有换行符：{}", quoted(lines)));
  }
  return signatures;
}

Result<Note> parse_note(std::string_view note) {
  if (note.size() > note_bytes_max) {
    return malformed(
        worded("got {} bytes, more than {}", "得到 {} 字节，多于 {}", note.size(), note_bytes_max));
  }
  if (!is_note_text(note)) {
    return malformed({"wanted UTF-8 text without control characters that ends in a line end",
                      "应为不含控制字符、以换行符结尾的 UTF-8 文本"});
  }
  const auto blank = note.rfind("\n\n");
  if (blank == std::string_view::npos) {
    return malformed({"no empty line parts text and signatures", "正文与签名之间没有空行"});
  }
  Note parsed;
  parsed.text = note.substr(0, blank + 1);
  std::string_view rest = note.substr(blank + 2);
  if (rest.empty()) return malformed({"there is no signature", "没有签名"});
  parsed.signatures = TRY(parse_signatures(rest));
  return parsed;
}

std::string format(const Note& note) {
  check(is_note_text(note.text), "a note's text is plain and ends in a line end");
  check(!note.signatures.empty(), "a note has a signature");
  std::string text = note.text + "\n";
  for (const Signature& signature : note.signatures) text += format(signature);
  return text;
}

std::string sign_note(std::string_view text, std::span<const SigningKey> keys) {
  Note note{std::string(text), {}};
  for (const SigningKey& key : keys) note.signatures.push_back(key.sign(text));
  return format(note);
}

Result<std::string> add_signatures(const Note& note, const std::vector<Signature>& more) {
  Note grown = note;
  for (const Signature& signature : more) {
    const auto same =
        std::find_if(grown.signatures.begin(), grown.signatures.end(), [&](const auto& other) {
          return other.name == signature.name && other.key == signature.key;
        });
    if (same != grown.signatures.end()) {
      *same = signature;
    } else if (grown.signatures.size() == note_signatures_max) {
      return malformed(worded("there would be more than {} signatures", "签名将多于 {} 个",
                              note_signatures_max));
    } else {
      grown.signatures.push_back(signature);
    }
  }
  return format(grown);
}

Result<Note> open_note(std::string_view note, std::span<const VerifierKey> known) {
  Note parsed = TRY(parse_note(note));
  Note opened{std::move(parsed.text), {}};
  for (Signature& signature : parsed.signatures) {
    const auto claimed = [&](const VerifierKey& key) { return key.claimed_by(signature); };
    const auto key = std::find_if(known.begin(), known.end(), claimed);
    if (key == known.end()) continue;
    if (!key->verify(opened.text, signature)) {
      return Error{ErrorCode::corrupt,
                   worded("the signature of {} does not belong to this text: one of the two was "
                          "altered after signing",
                          "{} 的签名与此文本不符：二者之一在签名后被改动", quoted(key->name()))};
    }
    if (std::none_of(opened.signatures.begin(), opened.signatures.end(),
                     [&](const Signature& other) { return key->claimed_by(other); })) {
      opened.signatures.push_back(std::move(signature));
    }
  }
  if (opened.signatures.empty()) {
    std::string names;
    for (const Signature& signature : parsed.signatures) {
      names.append(names.empty() ? "" : ", ").append(quoted(signature.name));
    }
    return Error{
        ErrorCode::corrupt,
        worded("no trusted key signed this note, which names {}: compare the verifier "
               "keys that you trust",
               "没有受信任的密钥签署此便笺（其中列有 {}）：请核对所信任的验证公钥", names)};
  }
  return opened;
}

}  // namespace ledger::proof

#include "ledger/proof/key.h"

#include <algorithm>
#include <optional>

#include "ledger/proof/base64.h"
#include "ledger/proof/hash.h"
#include "ledger/proof/text.h"

namespace ledger::proof {
namespace {

constexpr std::size_t id_digits = 8;
constexpr std::string_view secret_mark = "PRIVATE+KEY+";
constexpr std::size_t time_bytes = 8;  // of a cosignature, before its signature

// What Unicode calls White_Space, control characters apart.
bool is_space(char32_t point) {
  return point == 0x20 || point == 0x85 || point == 0xA0 || point == 0x1680 ||
         (point >= 0x2000 && point <= 0x200A) || point == 0x2028 || point == 0x2029 ||
         point == 0x202F || point == 0x205F || point == 0x3000;
}

KeyId id_of(std::string_view name, const ed25519::PublicKey& key, KeyType type) {
  const std::byte type_byte{static_cast<std::uint8_t>(type)};
  Sha256 hash;
  hash.add(bytes_of(name));
  hash.add(bytes_of("\n"));
  hash.add(Bytes(&type_byte, 1));
  hash.add(key);
  const Hash digest = hash.finish();
  KeyId id;
  for (const std::byte byte : Bytes(digest).first(4)) {
    id.value = id.value << 8 | std::to_integer<std::uint32_t>(byte);
  }
  return id;
}

std::string hex(KeyId id) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (unsigned shift = 32; shift != 0; shift -= 4) {
    text += digits[(id.value >> (shift - 4)) & 0x0FU];
  }
  return text;
}

// The common form of both kinds of key: `name+hex8+base64(type ‖ 32 bytes)`.
std::string joined(std::string_view name, KeyId id, KeyType type, Bytes key) {
  std::vector<std::byte> typed{std::byte{static_cast<std::uint8_t>(type)}};
  typed.insert(typed.end(), key.begin(), key.end());
  std::string text(name);
  text.append("+").append(hex(id)).append("+").append(encode_base64(typed));
  ed25519::wipe(typed);
  return text;
}

// The type that a byte stands for.
std::optional<KeyType> type_of(std::byte byte) {
  for (const KeyType type : {KeyType::ed25519, KeyType::cosignature}) {
    if (byte == std::byte{static_cast<std::uint8_t>(type)}) return type;
  }
  return std::nullopt;
}

struct KeyParts {
  KeyType type;
  std::string_view name;
  std::string_view id;
  std::array<std::byte, 32> key;
};

// Takes the common form apart. The reason of a failure shows nothing of the text, which
// may be secret.
Result<KeyParts> parts_of(std::string_view text) {
  const auto refused = [](const Message& reason) {
    return Error{ErrorCode::invalid,
                 worded("{}; wanted name+8 hex digits+base64 of 33 bytes",
                        "{}；应为 名称+8 位十六进制数字+33 字节的 base64", reason)};
  };
  const auto first = text.find('+');
  if (first == std::string_view::npos) {
    return refused({"there is no + after the name", "名称之后没有 +"});
  }
  const std::string_view rest = text.substr(first + 1);
  if (rest.size() <= id_digits || rest[id_digits] != '+') {
    return refused({"the key id does not have 8 digits", "密钥编号不是 8 位"});
  }
  auto typed = decode_base64(rest.substr(id_digits + 1));
  if (!typed) return refused({"the last part is not base64", "末段不是 base64"});
  const auto type = typed->empty() ? std::nullopt : type_of(typed->front());
  if (!type) {
    ed25519::wipe(*typed);
    return refused({"the key is neither of type 0x01 (Ed25519) nor 0x04 (cosignature)",
                    "密钥类型既非 0x01（Ed25519）也非 0x04（联署）"});
  }
  KeyParts parts{*type, text.substr(0, first), rest.substr(0, id_digits), {}};
  const bool whole = typed->size() == 1 + parts.key.size();
  if (whole) std::copy(typed->begin() + 1, typed->end(), parts.key.begin());
  ed25519::wipe(*typed);
  if (!whole) return refused({"the key does not have 32 bytes", "密钥不是 32 字节"});
  return parts;
}

Error other_id(std::string_view got, KeyId wanted) {
  return {ErrorCode::invalid,
          worded("the key id {} is not that of this name and key, {}: the text was altered or "
                 "miscopied",
                 "密钥编号 {} 与此名称和密钥不符，应为 {}：文本被改动或抄错", quoted(got),
                 hex(wanted))};
}

// The bytes that a cosignature signs.
std::string cosigned_text(std::string_view text, std::uint64_t seconds) {
  std::string message = "cosignature/v1\ntime " + std::to_string(seconds) + "\n";
  message += text;
  return message;
}

// Reads the secret of either kind of key, of which `Key` says the type.
template <class Key>
Result<Key> parse_secret(std::string_view text, KeyType type, const Message& wanted) {
  if (!text.starts_with(secret_mark)) {
    return Error{ErrorCode::invalid,
                 worded("a signing key starts with {}", "签名密钥应以 {} 开头", secret_mark)};
  }
  auto parts = parts_of(text.substr(secret_mark.size()));
  if (!parts) {
    return Error{ErrorCode::invalid,
                 worded("signing key: {}", "签名密钥：{}", parts.error().message)};
  }
  if (parts->type != type) {
    ed25519::wipe(parts->key);
    return Error{ErrorCode::invalid,
                 worded("signing key: it is not of type {}", "签名密钥：类型不是 {}", wanted)};
  }
  auto key = Key::of(parts->name, parts->key);
  ed25519::wipe(parts->key);
  if (key && hex(key->verifier().id()) != parts->id) {
    return other_id(parts->id, key->verifier().id());
  }
  return key;
}

}  // namespace

bool is_key_name(std::string_view name) {
  if (name.empty() || !is_plain_text(name)) return false;
  while (!name.empty()) {
    const auto point = take_code_point(name);
    if (!point || is_space(*point) || *point == '+' || *point == '\n') return false;
  }
  return true;
}

std::optional<std::uint64_t> cosigned_at(const Signature& signature) {
  if (signature.bytes.size() != time_bytes + std::tuple_size_v<ed25519::Signature>) {
    return std::nullopt;
  }
  std::uint64_t seconds = 0;
  for (const std::byte byte : Bytes(signature.bytes).first(time_bytes)) {
    seconds = seconds << 8 | std::to_integer<std::uint64_t>(byte);
  }
  return seconds;
}

VerifierKey::VerifierKey(std::string_view name, const ed25519::PublicKey& key, KeyType type)
    : name_(name), type_(type), id_(id_of(name, key, type)), key_(key) {
}

Result<VerifierKey> VerifierKey::of(std::string_view name, const ed25519::PublicKey& key,
                                    KeyType type) {
  if (!is_key_name(name)) {
    return Error{
        ErrorCode::invalid,
        worded("a key cannot be named {}: wanted at least one character and no space, "
               "plus or control character",
               "密钥不能命名为 {}：应至少有一个字符，且不含空格、加号与控制字符", quoted(name))};
  }
  return VerifierKey(name, key, type);
}

Result<VerifierKey> VerifierKey::parse(std::string_view text) {
  auto parts = parts_of(text);
  if (!parts) {
    return Error{ErrorCode::invalid, worded("verifier key {}: {}", "验证公钥 {}：{}", quoted(text),
                                            parts.error().message)};
  }
  VerifierKey key = TRY(of(parts->name, parts->key, parts->type));
  if (hex(key.id()) != parts->id) return other_id(parts->id, key.id());
  return key;
}

std::string VerifierKey::text() const {
  return joined(name_, id_, type_, key_);
}

bool VerifierKey::claimed_by(const Signature& signature) const {
  return signature.name == name_ && signature.key == id_;
}

bool VerifierKey::verify(std::string_view text, const Signature& signature) const {
  if (!claimed_by(signature)) return false;
  if (type_ == KeyType::ed25519) return ed25519::verify(key_, bytes_of(text), signature.bytes);
  const auto time = cosigned_at(signature);
  if (!time) return false;
  return ed25519::verify(key_, bytes_of(cosigned_text(text, *time)),
                         Bytes(signature.bytes).subspan(time_bytes));
}

SigningKey::SigningKey(VerifierKey verifier, const ed25519::Seed& seed)
    : verifier_(std::move(verifier)), seed_(seed) {
}

SigningKey::~SigningKey() {
  ed25519::wipe(seed_);
}

Result<SigningKey> SigningKey::of(std::string_view name, const ed25519::Seed& seed) {
  return SigningKey(TRY(VerifierKey::of(name, ed25519::public_key_of(seed))), seed);
}

Result<SigningKey> SigningKey::parse(std::string_view text) {
  return parse_secret<SigningKey>(text, KeyType::ed25519, {"0x01 (Ed25519)", "0x01（Ed25519）"});
}

std::string SigningKey::text() const {
  return std::string(secret_mark) +
         joined(verifier_.name(), verifier_.id(), KeyType::ed25519, seed_);
}

Signature SigningKey::sign(std::string_view message) const {
  const ed25519::Signature bytes = ed25519::sign(seed_, bytes_of(message));
  return {verifier_.name(), verifier_.id(), {bytes.begin(), bytes.end()}};
}

CosigningKey::CosigningKey(VerifierKey verifier, const ed25519::Seed& seed)
    : verifier_(std::move(verifier)), seed_(seed) {
}

CosigningKey::~CosigningKey() {
  ed25519::wipe(seed_);
}

Result<CosigningKey> CosigningKey::of(std::string_view name, const ed25519::Seed& seed) {
  return CosigningKey(
      TRY(VerifierKey::of(name, ed25519::public_key_of(seed), KeyType::cosignature)), seed);
}

Result<CosigningKey> CosigningKey::parse(std::string_view text) {
  return parse_secret<CosigningKey>(text, KeyType::cosignature,
                                    {"0x04 (cosignature)", "0x04（联署）"});
}

std::string CosigningKey::text() const {
  return std::string(secret_mark) +
         joined(verifier_.name(), verifier_.id(), KeyType::cosignature, seed_);
}

Signature CosigningKey::cosign(std::string_view text, std::uint64_t seconds) const {
  Signature signature{verifier_.name(), verifier_.id(), {}};
  for (unsigned shift = 64; shift != 0; shift -= 8) {
    signature.bytes.push_back(static_cast<std::byte>((seconds >> (shift - 8)) & 0xFFU));
  }
  const auto bytes = ed25519::sign(seed_, bytes_of(cosigned_text(text, seconds)));
  signature.bytes.insert(signature.bytes.end(), bytes.begin(), bytes.end());
  return signature;
}

}  // namespace ledger::proof

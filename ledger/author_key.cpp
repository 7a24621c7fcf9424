#include "ledger/author_key.h"

#include <algorithm>

#include "ledger/catalogue.h"
#include "ledger/proof/base64.h"
#include "ledger/refusal.h"
#include "ledger/spelling.h"

namespace ledger {
namespace {

std::string hex(proof::KeyId id) {
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8) {
    const auto byte = static_cast<std::uint8_t>(id.value >> static_cast<unsigned>(shift));
    append_hex({&byte, 1}, text);
  }
  return text;
}

}  // namespace

std::string key_subject(proof::KeyId id) {
  return "key/" + hex(id);
}

proof::KeyId author_of(const schema::Event& event) {
  proof::KeyId id;
  for (const auto byte : *event.author_key()) id.value = id.value << 8U | byte;
  return id;
}

Result<AuthorKey> author_key_of(const Entry& enrolled) {
  const auto& data = enrolled.payload<schema::KeyEnrolled>();
  const auto holder = data.holder()->string_view();
  if (!proof::is_key_name(holder)) {
    return refused("data.holder", quoted(holder),
                   {"a name without spaces, plus signs and control characters, since the key is "
                    "named after its holder",
                    "不含空格、加号和控制字符的名称，因为密钥以持有人命名"});
  }
  const auto bytes = proof::decode_base64(data.public_key()->string_view());
  proof::ed25519::PublicKey key;
  if (!bytes || bytes->size() != key.size()) {
    return refused(
        "data.public_key", quoted(data.public_key()->string_view()),
        {"the 32 bytes of an Ed25519 key in base64", "Ed25519 密钥的 32 字节，以 base64 表示"});
  }
  std::copy(bytes->begin(), bytes->end(), key.begin());
  auto named = TRY(proof::VerifierKey::of(holder, key));
  if (hex(named.id()) != data.key()->string_view()) {
    return refused("data.key", quoted(data.key()->string_view()),
                   worded("{}, which follows from holder and public_key; `tally key enrol` writes "
                          "the event",
                          "{}，由 holder 与 public_key 得出；该事件可由 `tally key enrol` 写出",
                          hex(named.id())));
  }
  if (!catalogue().roles().find(data.role()->string_view())) {
    return refused("data.role", quoted(data.role()->string_view()),
                   one_of(catalogue().roles().names()));
  }
  AuthorKey author{std::move(named), data.role()->str(), std::nullopt, Date{data.valid_from()}};
  if (data.dealer()) author.dealer = data.dealer()->str();
  return author;
}

}  // namespace ledger

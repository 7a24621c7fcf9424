#include "ledger/author_signature.h"

#include <string>

#include "ledger/base/time.h"
#include "ledger/refusal.h"
#include "ledger/signed_text.h"
#include "ledger/stored_field.h"

namespace ledger {

Result<bool> is_signed_by(const schema::Event& event, const proof::ed25519::PublicKey& key,
                          std::string_view origin) {
  const auto text = TRY(signed_text(origin, event));
  const auto& signature = *event.author_signature();
  return proof::ed25519::verify(key, bytes_of(text),
                                std::as_bytes(std::span(signature.data(), signature.size())));
}

Status check_mandate(const schema::Event& event, const AuthorKey& author) {
  const auto refused = [&](const char* field, const Message& got, const Message& wanted) {
    return Error{ErrorCode::invalid,
                 worded("{}: got {}, wanted {} ({})", "{}：得到 {}，应为 {}（{}）", field, got,
                        wanted, quoted(author.key.name()))};
  };
  const auto date = business_date(event.time()->ns());
  if (date < author.valid_from) {
    return refused("time", worded("the business date {}", "业务日期 {}", to_string(date)),
                   worded("{} or later, from when the key is valid", "{} 或更晚，密钥自此生效",
                          to_string(author.valid_from)));
  }
  if (event.role()) {
    const auto role = catalogue().roles().names()[static_cast<std::size_t>(*event.role())];
    if (role != author.role) {
      return refused("role", quoted(role),
                     worded("{}, the role of the key's holder", "{}，即密钥持有人的角色",
                            quoted(author.role)));
    }
  }
  const auto dealer = dealer_in(event);
  if (author.dealer && dealer && *dealer != *author.dealer) {
    return refused("data.dealer", quoted(*dealer),
                   worded("{}, the dealer that the key signs for", "{}，即该密钥代签的经销商",
                          quoted(*author.dealer)));
  }
  return Ok{};
}

std::optional<std::string_view> dealer_in(const schema::Event& event) {
  const auto& rule = *catalogue().find(static_cast<EventType>(event.type()));
  const auto place = rule.field_names.find("dealer");
  if (!place || rule.fields[*place].storage != Storage::text) return std::nullopt;
  const auto* text = pointer_in<flatbuffers::String>(payload_table(event), rule.fields[*place]);
  if (text == nullptr) return std::nullopt;
  return view(*text);
}

}  // namespace ledger

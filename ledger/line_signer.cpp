#include "ledger/line_signer.h"

#include "ledger/author_key.h"
#include "ledger/author_salts.h"
#include "ledger/base/check.h"
#include "ledger/personal_field.h"
#include "ledger/proof/base64.h"
#include "ledger/signed_text.h"
#include "ledger/stored_field.h"

namespace ledger {
namespace {

// The attributes that carry a signature, put before the brace that ends the line.
std::string with_author(std::string_view line, proof::KeyId key, Bytes signature,
                        std::string_view salts) {
  std::string out(line.substr(0, line.rfind('}')));
  out += R"(,"authorkey":")";
  out += key_subject(key).substr(std::string_view("key/").size());
  out += R"(","authorsig":")" + proof::encode_base64(signature) + '"';
  if (!salts.empty()) {
    out += R"(,"authorsalts":")";
    out += salts;
    out += '"';
  }
  out += '}';
  return out;
}

}  // namespace

LineSigner::LineSigner(const proof::SigningKey& key, std::string origin, Random random)
    : key_(key), origin_(std::move(origin)), random_(std::move(random)) {
}

// The text to sign is made from the entry as a ledger will store it, so that there is one
// code for it: first with a signature of zeros, which is no part of that text.
Result<std::variant<std::string, Refusal>> LineSigner::sign(std::string_view line) {
  using Outcome = std::variant<std::string, Refusal>;
  const auto before = encode(line);
  if (const auto* refusal = std::get_if<Refusal>(&before)) return Outcome(*refusal);
  const auto& unsigned_event = *std::get<const schema::Event*>(before);
  if (unsigned_event.author_key()) {
    return Outcome(Refusal{"authorsig",
                           {"a signature", "签名"},
                           {"an event that nobody has signed; take authorkey, authorsig and "
                            "authorsalts away to sign it anew",
                            "无人签名的事件；如需重新签名，请先去掉 authorkey、authorsig 和 "
                            "authorsalts"}});
  }
  const auto salts = TRY(choose_salts(unsigned_event));
  const auto id = key_.verifier().id();
  const proof::ed25519::Signature zeros{};
  const auto after = encode(with_author(line, id, zeros, salts));
  if (const auto* refusal = std::get_if<Refusal>(&after)) return Outcome(*refusal);
  const auto text = TRY(signed_text(origin_, *std::get<const schema::Event*>(after)));
  return Outcome(with_author(line, id, key_.sign(text).bytes, salts));
}

Result<std::string> LineSigner::choose_salts(const schema::Event& event) {
  const auto& rule = *catalogue().find(static_cast<EventType>(event.type()));
  std::string salts;
  for (const auto& field : rule.fields) {
    if (!is_present(payload_table(event), field) || !names_person(event, rule, field)) continue;
    PersonalSalt salt;
    TRY(random_(salt));
    append_author_salt(field.name, salt, salts);
  }
  return salts;
}

std::variant<const schema::Event*, Refusal> LineSigner::encode(std::string_view line) {
  batch_.clear();
  if (auto refusal = encoder_.add(line, batch_)) return *std::move(refusal);
  return flatbuffers::GetRoot<schema::Event>(batch_.entry(0).data());
}

}  // namespace ledger

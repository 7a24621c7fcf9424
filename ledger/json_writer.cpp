#include <cstring>

#include "ledger/author_salts.h"
#include "ledger/base/time.h"
#include "ledger/codec.h"
#include "ledger/json_field.h"
#include "ledger/proof/base64.h"
#include "ledger/spelling.h"
#include "ledger/stored_field.h"

namespace ledger {
namespace {

void append_data(const flatbuffers::Table& payload, const EventRule& rule, std::string& out) {
  out += R"(,"data":{)";
  bool first = true;
  for (const auto& field : rule.fields) {
    if (!is_present(payload, field)) continue;
    if (!first) out += ',';
    first = false;
    append_json(field.name, out);
    out += ':';
    append_json(payload, field, out);
  }
  out += '}';
}

// `label` is the attribute with all that JSON puts around it.
void append_attribute(std::string_view label, std::string_view text, std::string& out) {
  out += label;
  append_json(text, out);
}

void append_attribute(std::string_view label, const flatbuffers::String* text, std::string& out) {
  if (text) append_attribute(label, view(*text), out);
}

void append_attribute(std::string_view label, const schema::Timestamp* time, std::string& out) {
  if (!time) return;
  append_attribute(label,
                   to_string(Timestamp{time->ns(), time->offset_minutes(), time->fraction_digits(),
                                       time->zulu()}),
                   out);
}

// The salts of personal values in the open: without them nobody could check the signature.
void append_salts(const schema::Event& event, const EventRule& rule, std::string& out) {
  std::string salts;
  for (const auto& field : rule.fields) {
    if (field.storage != Storage::personal) continue;
    const auto* personal = pointer_in<schema::Personal>(payload_table(event), field);
    if (personal == nullptr || !personal->salt()) continue;
    PersonalSalt salt;
    std::memcpy(salt.data(), personal->salt()->data(), salt.size());
    append_author_salt(field.name, salt, salts);
  }
  if (!salts.empty()) append_attribute(R"(,"authorsalts":)", salts, out);
}

void append_author(const schema::Event& event, const EventRule& rule, std::string& out) {
  if (!event.author_key()) return;
  out += R"(,"authorkey":")";
  append_hex(std::span(event.author_key()->data(), event.author_key()->size()), out);
  out += R"(","authorsig":")";
  const auto& signature = *event.author_signature();
  out += proof::encode_base64(std::as_bytes(std::span(signature.data(), signature.size())));
  out += '"';
  append_salts(event, rule, out);
}

}  // namespace

void append_json(const Entry& entry, std::string& out) {
  const auto& event = *entry.event;
  const auto& rule = *catalogue().find(entry.type());
  append_attribute(R"({"specversion":"1.0","id":)", event.id(), out);
  append_attribute(R"(,"source":)", event.source(), out);
  append_attribute(R"(,"type":)", rule.name, out);
  append_attribute(R"(,"subject":)", event.subject(), out);
  append_attribute(R"(,"time":)", event.time(), out);
  append_attribute(R"(,"recordedtime":)", event.recorded(), out);
  append_attribute(R"(,"actor":)", event.actor(), out);
  if (event.role()) {
    const auto role = static_cast<std::size_t>(*event.role());
    append_attribute(R"(,"role":)", catalogue().roles().names()[role], out);
  }
  append_attribute(R"(,"correlationid":)", event.correlation(), out);
  append_attribute(R"(,"causationid":)", event.causation(), out);
  append_author(event, rule, out);
  append_data(payload_table(event), rule, out);
  out += R"(,"ledgerindex":)";
  append_json(static_cast<std::int64_t>(entry.index.value), out);
  append_attribute(R"(,"appendedtime":)", to_string_utc(event.appended_ns()), out);
  out += '}';
}

}  // namespace ledger

#include "ledger/signed_text.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "ledger/base/check.h"
#include "ledger/base/time.h"
#include "ledger/json_field.h"
#include "ledger/personal_commitment.h"
#include "ledger/personal_field.h"
#include "ledger/proof/hash.h"
#include "ledger/spelling.h"
#include "ledger/stored_field.h"

namespace ledger {
namespace {

Result<Hash> commitment_of(const schema::Personal& personal, const FieldRule& field) {
  Hash hash;
  if (personal.form() == schema::PersonalForm::sealed) {
    std::memcpy(hash.data(), personal.commitment()->bytes()->data(), hash.size());
    return hash;
  }
  if (!personal.salt()) {
    return Error{ErrorCode::invalid,
                 worded("authorsalts: got none for data.{}, wanted the 16 bytes that its author "
                        "chose; `tally sign` chooses them",
                        "authorsalts：data.{} 没有盐，应为其提交者所选的 16 字节；`tally sign` "
                        "会选定",
                        field.name)};
  }
  PersonalSalt salt;
  std::memcpy(salt.data(), personal.salt()->data(), salt.size());
  return personal_commitment(salt, view(*personal.text()));
}

std::string hex(const Hash& hash) {
  std::string text;
  append_hex({reinterpret_cast<const std::uint8_t*>(hash.data()), hash.size()}, text);
  return text;
}

void append_line(std::string_view text, std::string& out) {
  out += text;
  out += '\n';
}

void append_line(const flatbuffers::String* text, std::string& out) {
  append_line(text ? view(*text) : std::string_view{}, out);
}

void append_line(const schema::Timestamp* time, std::string& out) {
  if (time == nullptr) return append_line(std::string_view{}, out);
  append_line(to_string(Timestamp{time->ns(), time->offset_minutes(), time->fraction_digits(),
                                  time->zulu()}),
              out);
}

}  // namespace

Result<std::string> canonical_data(const schema::Event& event) {
  const auto& rule = *catalogue().find(static_cast<EventType>(event.type()));
  const auto& payload = payload_table(event);
  std::vector<const FieldRule*> present;
  for (const auto& field : rule.fields) {
    if (is_present(payload, field)) present.push_back(&field);
  }
  // Names are ASCII, so that their bytes sort as the UTF-16 code units of RFC 8785 do.
  std::sort(present.begin(), present.end(),
            [](const auto* a, const auto* b) { return a->name < b->name; });
  std::string out = "{";
  for (const auto* field : present) {
    if (out.size() > 1) out += ',';
    append_json(field->name, out);
    out += ':';
    if (names_person(event, rule, *field)) {
      const auto& personal = *pointer_in<schema::Personal>(payload, *field);
      out += R"({"sha256":")" + hex(TRY(commitment_of(personal, *field))) + R"("})";
    } else {
      append_json(payload, *field, out);
    }
  }
  out += '}';
  return out;
}

Result<std::string> signed_text(std::string_view origin, const schema::Event& event) {
  const auto data = TRY(canonical_data(event));
  std::string out = "tally-event/v1\n";
  append_line(origin, out);
  append_line(event.source(), out);
  append_line(event.id(), out);
  append_line(catalogue().find(static_cast<EventType>(event.type()))->name, out);
  append_line(event.subject(), out);
  append_line(event.time(), out);
  append_line(event.recorded(), out);
  append_line(event.actor(), out);
  append_line(event.role() ? catalogue().roles().names()[static_cast<std::size_t>(*event.role())]
                           : std::string_view{},
              out);
  append_line(hex(proof::sha256(bytes_of(data))), out);
  return out;
}

}  // namespace ledger

#include <array>
#include <charconv>

#include "ledger/base/time.h"
#include "ledger/codec.h"
#include "ledger/proof/base64.h"
#include "ledger/spelling.h"
#include "ledger/stored_field.h"
#include "ledger/utf8.h"

namespace ledger {
namespace {

void append_number(std::int64_t number, std::string& out) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

void append_escape(unsigned char c, std::string& out) {
  out += '\\';
  switch (c) {
    case '"':
    case '\\':
      out += static_cast<char>(c);
      return;
    case '\b':
      out += 'b';
      return;
    case '\f':
      out += 'f';
      return;
    case '\n':
      out += 'n';
      return;
    case '\r':
      out += 'r';
      return;
    case '\t':
      out += 't';
      return;
    default:
      out += "u00";
      append_hex(std::span(&c, 1), out);
  }
}

// Escapes what RFC 8259 demands and nothing else. Bytes that are no UTF-8, which only a
// damaged ledger holds, become U+FFFD so that the line stays JSON.
void append_text(std::string_view text, std::string& out) {
  out += '"';
  std::size_t copied = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c >= 0x20 && c != '"' && c != '\\' && c < 0x80) {
      ++at;
      continue;
    }
    const auto size = c < 0x80 ? 0 : next_code_point(text.substr(at)).size;
    if (size > 0) {
      at += size;
      continue;
    }
    out += text.substr(copied, at - copied);
    if (c < 0x80) {
      append_escape(c, out);
    } else {
      out += "\xEF\xBF\xBD";
    }
    copied = ++at;
  }
  out += text.substr(copied);
  out += '"';
}

std::span<const std::uint8_t> bytes_in(const schema::Sha256& digest) {
  return {digest.bytes()->data(), digest.bytes()->size()};
}

void append_digest(const schema::Sha256& digest, std::string& out) {
  out += '"';
  append_hex(bytes_in(digest), out);
  out += '"';
}

void append_personal(const schema::Personal& personal, std::string& out) {
  if (personal.form() == schema::PersonalForm::plain) {
    return append_text(view(*personal.text()), out);
  }
  out += R"({"sha256":)";  // as in the text that an author signs
  append_digest(*personal.commitment(), out);
  out += '}';
}

void append_number(const FieldRule& field, std::int64_t number, std::string& out) {
  if (field.storage == Storage::boolean) {
    out += number != 0 ? "true" : "false";
  } else if (field.storage == Storage::enumeration) {
    append_text(field.values[static_cast<std::size_t>(number)], out);
  } else if (field.kind == Kind::date) {
    append_text(to_string(Date{static_cast<std::int32_t>(number)}), out);
  } else {
    append_number(number, out);
  }
}

template <class Vector, class Append>
void append_array(const Vector* vector, std::string& out, Append append) {
  out += '[';
  for (flatbuffers::uoffset_t at = 0; at < vector->size(); ++at) {
    if (at > 0) out += ',';
    append(vector->Get(at));
  }
  out += ']';
}

void append_array(const flatbuffers::Table& payload, const FieldRule& field, std::string& out) {
  if (field.storage == Storage::text) {
    append_array(pointer_in<Texts>(payload, field), out,
                 [&](const auto* text) { append_text(view(*text), out); });
  } else if (field.storage == Storage::int32) {
    append_array(pointer_in<Numbers>(payload, field), out,
                 [&](std::int32_t number) { append_number(field, number, out); });
  } else {
    append_array(pointer_in<Digests>(payload, field), out,
                 [&](const auto* digest) { append_digest(*digest, out); });
  }
}

void append_field(const flatbuffers::Table& payload, const FieldRule& field, std::string& out) {
  if (field.array) return append_array(payload, field, out);
  switch (field.storage) {
    case Storage::text:
      return append_text(view(*pointer_in<flatbuffers::String>(payload, field)), out);
    case Storage::digest:
      return append_digest(*digest_in(payload, field), out);
    case Storage::personal:
      return append_personal(*pointer_in<schema::Personal>(payload, field), out);
    case Storage::boolean:
    case Storage::enumeration:
    case Storage::int32:
    case Storage::int64:
      return append_number(field, number_in(payload, field), out);
  }
}

void append_data(const flatbuffers::Table& payload, const EventRule& rule, std::string& out) {
  out += R"(,"data":{)";
  bool first = true;
  for (const auto& field : rule.fields) {
    if (!is_present(payload, field)) continue;
    if (!first) out += ',';
    first = false;
    append_text(field.name, out);
    out += ':';
    append_field(payload, field, out);
  }
  out += '}';
}

// `label` is the attribute with all that JSON puts around it.
void append_attribute(std::string_view label, std::string_view text, std::string& out) {
  out += label;
  append_text(text, out);
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

void append_author(const schema::Event& event, std::string& out) {
  if (!event.author_key()) return;
  out += R"(,"authorkey":")";
  append_hex(std::span(event.author_key()->data(), event.author_key()->size()), out);
  out += R"(","authorsig":")";
  const auto& signature = *event.author_signature();
  out += proof::encode_base64(std::as_bytes(std::span(signature.data(), signature.size())));
  out += '"';
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
  append_author(event, out);
  append_data(payload_table(event), rule, out);
  out += R"(,"ledgerindex":)";
  append_number(static_cast<std::int64_t>(entry.index.value), out);
  append_attribute(R"(,"appendedtime":)", to_string_utc(event.appended_ns()), out);
  out += '}';
}

}  // namespace ledger

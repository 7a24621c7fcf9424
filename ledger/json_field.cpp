#include "ledger/json_field.h"

#include <array>
#include <charconv>

#include "ledger/base/time.h"
#include "ledger/spelling.h"
#include "ledger/stored_field.h"
#include "ledger/utf8.h"

namespace ledger {
namespace {

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
    return append_json(view(*personal.text()), out);
  }
  out += R"({"sealed":)";  // whose it is, for who has to find them
  append_json(view(*personal.person()), out);
  out += R"(,"sha256":)";  // as in the text that an author signs
  append_digest(*personal.commitment(), out);
  out += '}';
}

void append_number(const FieldRule& field, std::int64_t number, std::string& out) {
  if (field.storage == Storage::boolean) {
    out += number != 0 ? "true" : "false";
  } else if (field.storage == Storage::enumeration) {
    append_json(field.values[static_cast<std::size_t>(number)], out);
  } else if (field.kind == Kind::date) {
    append_json(to_string(Date{static_cast<std::int32_t>(number)}), out);
  } else {
    append_json(number, out);
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
                 [&](const auto* text) { append_json(view(*text), out); });
  } else if (field.storage == Storage::int32) {
    append_array(pointer_in<Numbers>(payload, field), out,
                 [&](std::int32_t number) { append_number(field, number, out); });
  } else {
    append_array(pointer_in<Digests>(payload, field), out,
                 [&](const auto* digest) { append_digest(*digest, out); });
  }
}

}  // namespace

void append_json(std::int64_t number, std::string& out) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

void append_json(std::string_view text, std::string& out) {
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

void append_json(const flatbuffers::Table& payload, const FieldRule& field, std::string& out) {
  if (field.array) return append_array(payload, field, out);
  switch (field.storage) {
    case Storage::text:
      return append_json(view(*pointer_in<flatbuffers::String>(payload, field)), out);
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

}  // namespace ledger

#include "ledger/event_copy.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "ledger/base/check.h"
#include "ledger/codec.h"
#include "ledger/event_writer.h"
#include "ledger/stored_field.h"

namespace ledger {
namespace {

Timestamp spelled(const schema::Timestamp& time) {
  return {time.ns(), time.offset_minutes(), time.fraction_digits(), time.zulu()};
}

std::optional<std::string_view> text_if_any(const flatbuffers::String* text) {
  if (text == nullptr) return std::nullopt;
  return view(*text);
}

// The attributes of a stored event, to be written again around another payload.
Envelope envelope_of(const schema::Event& event, const EventRule& rule) {
  Envelope envelope;
  envelope.source = view(*event.source());
  envelope.id = view(*event.id());
  envelope.subject = view(*event.subject());
  envelope.event = &rule;
  envelope.time = spelled(*event.time());
  if (event.recorded() != nullptr) envelope.recorded = spelled(*event.recorded());
  envelope.actor = text_if_any(event.actor());
  envelope.correlation = text_if_any(event.correlation());
  envelope.causation = text_if_any(event.causation());
  if (event.role()) envelope.role = static_cast<std::uint8_t>(*event.role());
  if (event.author_key() != nullptr) {
    auto& author = envelope.author.emplace();
    std::copy(event.author_key()->begin(), event.author_key()->end(), author.key.begin());
    std::copy(event.author_signature()->begin(), event.author_signature()->end(),
              author.signature.begin());
  }
  return envelope;
}

EventCopy::Personal copy_personal(const schema::Personal& value,
                                  flatbuffers::FlatBufferBuilder& into) {
  const auto text = [&into](const flatbuffers::String* any) {
    return any == nullptr ? flatbuffers::Offset<flatbuffers::String>()
                          : into.CreateString(any->data(), any->size());
  };
  const auto octets = [&into](const flatbuffers::Vector<std::uint8_t>* any) {
    return any == nullptr ? flatbuffers::Offset<flatbuffers::Vector<std::uint8_t>>()
                          : into.CreateVector(any->data(), any->size());
  };
  const auto open = text(value.text());
  const auto person = text(value.person());
  const auto ciphertext = octets(value.ciphertext());
  const auto salt = octets(value.salt());
  return schema::CreatePersonal(into, value.form(), open, person, value.commitment(), ciphertext,
                                salt);
}

// Copies what lies outside the table as it is: texts, arrays, personal values.
flatbuffers::uoffset_t copy_outside(const flatbuffers::Table& payload, const FieldRule& field,
                                    flatbuffers::FlatBufferBuilder& into) {
  if (field.storage == Storage::personal) {
    return copy_personal(*pointer_in<schema::Personal>(payload, field), into).o;
  }
  if (!field.array) {
    const auto& text = *pointer_in<flatbuffers::String>(payload, field);
    return into.CreateString(text.data(), text.size()).o;
  }
  if (field.storage == Storage::text) {
    std::vector<flatbuffers::Offset<flatbuffers::String>> texts;
    for (const auto* text : *pointer_in<Texts>(payload, field)) {
      texts.push_back(into.CreateString(text->data(), text->size()));
    }
    return into.CreateVector(texts).o;
  }
  if (field.storage == Storage::int32) {
    const auto& numbers = *pointer_in<Numbers>(payload, field);
    return into.CreateVector(std::vector<std::int32_t>(numbers.begin(), numbers.end())).o;
  }
  std::vector<schema::Sha256> digests;
  for (const auto* digest : *pointer_in<Digests>(payload, field)) digests.push_back(*digest);
  return into.CreateVectorOfStructs(digests).o;
}

void add_number(const flatbuffers::Table& payload, const FieldRule& field,
                flatbuffers::FlatBufferBuilder& into) {
  const auto number = number_in(payload, field);
  const auto add = [&](auto value) {
    if (field.required) {
      into.AddElement(field.slot, value, decltype(value){0});
    } else {
      into.AddElement(field.slot, value);
    }
  };
  if (field.storage == Storage::int64) return add(number);
  if (field.storage == Storage::int32) return add(static_cast<std::int32_t>(number));
  return add(static_cast<std::uint8_t>(number));
}

bool lies_outside(const FieldRule& field) {
  return field.array || field.storage == Storage::text || field.storage == Storage::personal;
}

}  // namespace

Result<Bytes> EventCopy::copy(const schema::Event& event, const Replace& replace) {
  const auto& rule = *catalogue().find(static_cast<EventType>(event.type()));
  TRY(copy_payload(event, rule, replace));
  write_event(envelope_of(event, rule),
              std::as_bytes(std::span(payload_.GetBufferPointer(), payload_.GetSize())),
              event.rules_version(), event_);
  const auto bytes = std::as_writable_bytes(std::span(event_.GetBufferPointer(), event_.GetSize()));
  stamp(bytes, event.appended_ns(), event.previous());
  auto* const copied = schema::GetMutableEvent(bytes.data());
  check(copied->mutate_schema_version(event.schema_version()),
        "an entry always has room for its version");
  return Bytes(bytes);
}

Status EventCopy::copy_payload(const schema::Event& event, const EventRule& rule,
                               const Replace& replace) {
  const auto& payload = payload_table(event);
  payload_.Clear();
  std::vector<flatbuffers::uoffset_t> outside(rule.fields.size());
  for (std::size_t place = 0; place < rule.fields.size(); ++place) {
    const auto& field = rule.fields[place];
    if (!lies_outside(field) || !is_present(payload, field)) continue;
    std::optional<Personal> replaced;
    if (field.storage == Storage::personal) {
      replaced = TRY(replace(field, *pointer_in<schema::Personal>(payload, field), payload_));
    }
    outside[place] = replaced ? replaced->o : copy_outside(payload, field, payload_);
  }
  const auto start = payload_.StartTable();
  for (const auto place : rule.stored_order) {
    const auto& field = rule.fields[place];
    if (!is_present(payload, field)) continue;
    if (lies_outside(field)) {
      payload_.AddOffset(field.slot, flatbuffers::Offset<void>(outside[place]));
    } else if (field.storage == Storage::digest) {
      payload_.AddStruct(field.slot, digest_in(payload, field));
    } else {
      add_number(payload, field, payload_);
    }
  }
  payload_.Finish(flatbuffers::Offset<void>(payload_.EndTable(start)));
  return Ok{};
}

}  // namespace ledger

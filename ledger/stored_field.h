// Reads fields of a verified payload by their rule instead of by generated code.
#pragma once

#include <cstdint>

#include "ledger/catalogue.h"
#include "ledger/event.h"

namespace ledger {

using Texts = flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>;
using Numbers = flatbuffers::Vector<std::int32_t>;
using Digests = flatbuffers::Vector<const schema::Sha256*>;

inline const flatbuffers::Table& payload_table(const schema::Event& event) {
  return *flatbuffers::GetRoot<flatbuffers::Table>(event.payload()->data());
}

// Whether a field has a value. A required number always has one.
inline bool is_present(const flatbuffers::Table& payload, const FieldRule& field) {
  return field.required || payload.CheckField(field.slot);
}

// The value of a boolean, enumeration, int32 or int64 that is no array.
inline std::int64_t number_in(const flatbuffers::Table& payload, const FieldRule& field) {
  switch (field.storage) {
    case Storage::boolean:
      return payload.GetField<std::uint8_t>(field.slot, 0) != 0 ? 1 : 0;
    case Storage::enumeration:
      return payload.GetField<std::uint8_t>(field.slot, 0);
    case Storage::int32:
      return payload.GetField<std::int32_t>(field.slot, 0);
    case Storage::int64:
      return payload.GetField<std::int64_t>(field.slot, 0);
    case Storage::text:
    case Storage::digest:
    case Storage::personal:
      break;
  }
  return 0;
}

// A field stored outside the table; null when absent.
template <class Stored>
const Stored* pointer_in(const flatbuffers::Table& payload, const FieldRule& field) {
  return payload.GetPointer<const Stored*>(field.slot);
}

inline const schema::Sha256* digest_in(const flatbuffers::Table& payload, const FieldRule& field) {
  return payload.GetStruct<const schema::Sha256*>(field.slot);
}

inline std::string_view view(const flatbuffers::String& text) {
  return {text.c_str(), text.size()};
}

}  // namespace ledger

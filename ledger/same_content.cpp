#include <algorithm>
#include <cstring>

#include "ledger/codec.h"
#include "ledger/personal_commitment.h"
#include "ledger/stored_field.h"

namespace ledger {
namespace {

bool same(const flatbuffers::String* a, const flatbuffers::String* b) {
  return a && b ? view(*a) == view(*b) : a == b;
}

bool same(const flatbuffers::Vector<std::uint8_t>* a, const flatbuffers::Vector<std::uint8_t>* b) {
  return a && b ? std::equal(a->begin(), a->end(), b->begin(), b->end()) : a == b;
}

// Two spellings of one instant with one offset are the same.
bool same(const schema::Timestamp* a, const schema::Timestamp* b) {
  return a && b ? a->ns() == b->ns() && a->offset_minutes() == b->offset_minutes() : a == b;
}

bool same(const schema::Sha256* a, const schema::Sha256* b) {
  return a && b ? std::memcmp(a, b, sizeof *a) == 0 : a == b;
}

bool same(const schema::Personal* a, const schema::Personal* b) {
  if (!a || !b) return a == b;
  return a->form() == b->form() && same(a->text(), b->text()) && same(a->person(), b->person()) &&
         same(a->commitment(), b->commitment()) && same(a->ciphertext(), b->ciphertext()) &&
         same(a->salt(), b->salt());
}

bool same(std::int32_t a, std::int32_t b) {
  return a == b;
}

template <class Vector>
bool same_array(const Vector* a, const Vector* b) {
  if (!a || !b) return a == b;
  if (a->size() != b->size()) return false;
  for (flatbuffers::uoffset_t at = 0; at < a->size(); ++at) {
    if (!same(a->Get(at), b->Get(at))) return false;
  }
  return true;
}

template <class Stored>
bool same_array(const flatbuffers::Table& a, const flatbuffers::Table& b, const FieldRule& field) {
  return same_array(pointer_in<Stored>(a, field), pointer_in<Stored>(b, field));
}

template <class Stored>
bool same_stored(const flatbuffers::Table& a, const flatbuffers::Table& b, const FieldRule& field) {
  return same(pointer_in<Stored>(a, field), pointer_in<Stored>(b, field));
}

// One is sealed, the other open. A salt that came with the open one tells without any key.
bool same_value(const schema::Personal& sealed, const schema::Personal& open,
                const FieldRule& field, const SealedMatch& match) {
  if (open.salt()) {
    PersonalSalt salt;
    std::memcpy(salt.data(), open.salt()->data(), salt.size());
    const auto commitment = personal_commitment(salt, view(*open.text()));
    return std::memcmp(sealed.commitment(), commitment.data(), commitment.size()) == 0;
  }
  return !match || match(field, sealed, view(*open.text()));
}

bool same_personal(const flatbuffers::Table& a, const flatbuffers::Table& b, const FieldRule& field,
                   const SealedMatch& match) {
  const auto* left = pointer_in<schema::Personal>(a, field);
  const auto* right = pointer_in<schema::Personal>(b, field);
  if (!left || !right || left->form() == right->form()) return same(left, right);
  const bool sealed_left = left->form() == schema::PersonalForm::sealed;
  return sealed_left ? same_value(*left, *right, field, match)
                     : same_value(*right, *left, field, match);
}

bool same(const flatbuffers::Table& a, const flatbuffers::Table& b, const FieldRule& field,
          const SealedMatch& match) {
  if (field.array) {
    if (field.storage == Storage::text) return same_array<Texts>(a, b, field);
    if (field.storage == Storage::int32) return same_array<Numbers>(a, b, field);
    return same_array<Digests>(a, b, field);
  }
  switch (field.storage) {
    case Storage::text:
      return same_stored<flatbuffers::String>(a, b, field);
    case Storage::personal:
      return same_personal(a, b, field, match);
    case Storage::digest:
      return same(digest_in(a, field), digest_in(b, field));
    case Storage::boolean:
    case Storage::enumeration:
    case Storage::int32:
    case Storage::int64:
      return is_present(a, field) == is_present(b, field) &&
             number_in(a, field) == number_in(b, field);
  }
  return false;
}

bool same_payload(const schema::Event& a, const schema::Event& b, const SealedMatch& match) {
  if (same(a.payload(), b.payload())) return true;  // the usual case: one encoder, one form
  const auto& fields = catalogue().find(static_cast<EventType>(a.type()))->fields;
  return std::all_of(fields.begin(), fields.end(), [&](const FieldRule& field) {
    return same(payload_table(a), payload_table(b), field, match);
  });
}

}  // namespace

bool same_content(const Entry& a, const Entry& b, const SealedMatch& match) {
  const auto& left = *a.event;
  const auto& right = *b.event;
  return left.type() == right.type() && same(left.source(), right.source()) &&
         same(left.id(), right.id()) && same(left.subject(), right.subject()) &&
         same(left.time(), right.time()) && same(left.recorded(), right.recorded()) &&
         same(left.actor(), right.actor()) && left.role() == right.role() &&
         same(left.correlation(), right.correlation()) &&
         same(left.causation(), right.causation()) && same(left.author_key(), right.author_key()) &&
         same(left.author_signature(), right.author_signature()) &&
         same_payload(left, right, match);
}

}  // namespace ledger

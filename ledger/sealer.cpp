#include "ledger/sealer.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <tuple>

#include "ledger/base/message.h"
#include "ledger/codec.h"
#include "ledger/personal_field.h"
#include "ledger/random_bytes.h"
#include "ledger/sealed_value.h"
#include "ledger/stored_field.h"

namespace ledger {
namespace {

// What a sealed field takes beyond the value, which the plain one has too: the id of the
// person, commitment, salt, nonce, tag, and what FlatBuffers needs around them.
constexpr std::size_t sealed_growth = 320;

std::size_t personal_fields(const EventRule& rule) {
  return static_cast<std::size_t>(
      std::count_if(rule.fields.begin(), rule.fields.end(),
                    [](const FieldRule& field) { return field.storage == Storage::personal; }));
}

// A signed value brings the salt that its author signed.
PersonalSalt salt_of(const schema::Personal& plain) {
  if (plain.salt() == nullptr) return random_bytes<std::tuple_size_v<PersonalSalt>>();
  PersonalSalt salt;
  std::memcpy(salt.data(), plain.salt()->data(), salt.size());
  return salt;
}

schema::Sha256 stored(const Hash& digest) {
  std::array<std::uint8_t, sizeof(Hash)> bytes;
  std::memcpy(bytes.data(), digest.data(), bytes.size());
  return {flatbuffers::span<const std::uint8_t, sizeof(Hash)>(bytes)};
}

}  // namespace

std::size_t Sealer::growth_max(std::size_t events) {
  static const std::size_t fields_max = [] {
    std::size_t most = 0;
    for (const auto& rule : catalogue().events()) most = std::max(most, personal_fields(rule));
    return most;
  }();
  return events * fields_max * sealed_growth;
}

Result<Bytes> Sealer::seal(const Entry& plain, Sequence index, const Pending& before) {
  const auto& event = *plain.event;
  const auto& rule = *catalogue().find(plain.type());
  const bool any = std::any_of(rule.fields.begin(), rule.fields.end(), [&](const FieldRule& field) {
    return field.storage == Storage::personal && is_present(payload_table(event), field) &&
           names_person(event, rule, field);
  });
  if (!any) return plain.bytes;
  const auto replace =
      [&](const FieldRule& field, const schema::Personal& value,
          flatbuffers::FlatBufferBuilder& into) -> Result<std::optional<EventCopy::Personal>> {
    if (!names_person(event, rule, field)) return std::optional<EventCopy::Personal>();
    return std::optional(TRY(seal_field(plain, index, field, value, before, into)));
  };
  const auto sealed = TRY(copy_.copy(event, replace));
  if (sealed.size() <= entry_bytes_max) return sealed;
  return Error{ErrorCode::invalid,
               worded("data: got an event that takes {} bytes with its personal values sealed, "
                      "wanted at most {}",
                      "data：得到 密封个人数据后为 {} 字节的事件，应为 至多 {} 字节", sealed.size(),
                      entry_bytes_max)};
}

Result<EventCopy::Personal> Sealer::seal_field(const Entry& plain, Sequence index,
                                               const FieldRule& field, const schema::Personal& open,
                                               const Pending& before,
                                               flatbuffers::FlatBufferBuilder& into) {
  const auto& event = *plain.event;
  if (open.form() != schema::PersonalForm::plain) {
    return Error{
        ErrorCode::invalid,
        worded("data.{}: got a value that is sealed already, wanted it in the open; only the "
               "ledger that holds its key seals it",
               "data.{}：得到 已密封的值，应为 明文；只有持有其密钥的账本才会密封", field.name)};
  }
  const OpenedValue value{salt_of(open), open.text()->str()};
  const auto person = TRY(persons_.person_of(plain, index, field, value.value, before));
  persons_.keep(person, {index, field.slot},
                value_digest(person.keys, event, field.name, value.value));
  ciphertext_.clear();
  seal_value(person.keys, event, field.name, value, ciphertext_);
  const auto commitment = stored(personal_commitment(value.salt, value.value));
  const auto id = into.CreateString(person.id);
  const auto ciphertext = into.CreateVector(
      reinterpret_cast<const std::uint8_t*>(ciphertext_.data()), ciphertext_.size());
  return schema::CreatePersonal(into, schema::PersonalForm::sealed, 0, id, &commitment, ciphertext);
}

Result<bool> Sealer::is_same(const Entry& stored, const FieldRule& field,
                             const schema::Personal& sealed, std::string_view value) const {
  const auto id = sealed.person()->string_view();
  const auto person = TRY(persons_.find(id));
  if (person.state != Person::State::live) return true;
  const auto kept = TRY(persons_.digest(id, {stored.index, field.slot}));
  if (!kept) return true;
  return *kept == value_digest(person.keys, *stored.event, field.name, value);
}

}  // namespace ledger

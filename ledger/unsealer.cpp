#include "ledger/unsealer.h"

#include "ledger/base/message.h"
#include "ledger/sealed_scan.h"
#include "ledger/sealed_value.h"

namespace ledger {
namespace {

bool has_sealed(const Entry& entry) {
  bool any = false;
  const auto note = [&any](const Entry&, const FieldRule&, const schema::Personal&) -> Status {
    any = true;
    return Ok{};
  };
  static_cast<void>(each_sealed(entry, note));  // nothing is read that could fail
  return any;
}

}  // namespace

Result<Entry> Unsealer::open(const Entry& stored) {
  const auto& event = *stored.event;
  if (!has_sealed(stored)) return stored;
  const bool is_signed = event.author_key() != nullptr;
  const auto replace =
      [&](const FieldRule& field, const schema::Personal& value,
          flatbuffers::FlatBufferBuilder& into) -> Result<std::optional<EventCopy::Personal>> {
    if (value.form() != schema::PersonalForm::sealed) return std::optional<EventCopy::Personal>();
    const auto keys = TRY(keys_of(value.person()->str()));
    if (!keys) return std::optional<EventCopy::Personal>();
    const auto opened = open_value(*keys, event, field.name, value);
    if (!opened) {
      return Error{
          ErrorCode::corrupt,
          worded(
              "data.{} of entry {} does not open with the key of {}: it or the vault was changed",
              "条目 {1} 的 data.{0} 用 {2} 的密钥打不开：它或保险库已被改动", field.name,
              stored.index.value, value.person()->str())};
    }
    const auto text = into.CreateString(opened->value);
    flatbuffers::Offset<flatbuffers::Vector<std::uint8_t>> salt;
    // A signature is over the salt, which the author drew; other salts are nobody's business.
    if (is_signed) {
      salt = into.CreateVector(reinterpret_cast<const std::uint8_t*>(opened->salt.data()),
                               opened->salt.size());
    }
    return std::optional(
        schema::CreatePersonal(into, schema::PersonalForm::plain, text, 0, nullptr, 0, salt));
  };
  const auto bytes = TRY(copy_.copy(event, replace));
  return Entry{stored.index, bytes, flatbuffers::GetRoot<schema::Event>(bytes.data())};
}

Result<std::optional<PersonKeys>> Unsealer::keys_of(const std::string& person) {
  if (person == last_person_) return last_keys_;
  std::optional<PersonKeys> keys;
  if (TRY(log_.stream(person_subject(person))).empty()) {
    const auto known = TRY(vault_.find(person));
    if (known.state == Person::State::live) keys = known.keys;
  }
  last_person_ = person;
  last_keys_ = keys;
  return keys;
}

}  // namespace ledger

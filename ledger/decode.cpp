#include <algorithm>
#include <array>
#include <tuple>

#include "ledger/base/check.h"
#include "ledger/base/time.h"
#include "ledger/codec.h"
#include "ledger/personal_commitment.h"
#include "ledger/stored_field.h"

namespace ledger {
namespace {

constexpr std::int64_t second_ns = 1'000'000'000;
constexpr std::int64_t minute_ns = 60 * second_ns;
constexpr std::int64_t day_ns = 1'440 * minute_ns;
constexpr int offset_minutes_max = 23 * 60 + 59;

std::int64_t ns_of_year(int year) {
  return date_of({year, 1, 1})->days * day_ns;
}

// Whether the time is one that `parse_timestamp` yields: readers print it and count
// with it, so no stored number may take them outside the calendar.
bool is_sound(const schema::Timestamp& time) {
  static const std::int64_t first = ns_of_year(1990);
  static const std::int64_t end = ns_of_year(2201);
  constexpr std::array<std::int64_t, 10> unit_ns = {
      1'000'000'000, 100'000'000, 10'000'000, 1'000'000, 100'000, 10'000, 1'000, 100, 10, 1};
  const int offset = time.offset_minutes();
  if (offset < -offset_minutes_max || offset > offset_minutes_max) return false;
  if (time.fraction_digits() > 9 || (time.zulu() && offset != 0)) return false;
  if (time.ns() < first - day_ns || time.ns() >= end + day_ns) return false;
  const auto local = time.ns() + offset * minute_ns;
  return local >= first && local < end && time.ns() % unit_ns[time.fraction_digits()] == 0;
}

template <class Vector>
bool has_size(const Vector* vector, std::size_t size) {
  return !vector || vector->size() == size;
}

bool is_sound(const schema::Personal& personal) {
  switch (personal.form()) {
    case schema::PersonalForm::plain:
      return personal.text() && has_size(personal.salt(), std::tuple_size_v<PersonalSalt>);
    case schema::PersonalForm::sealed:
      return personal.person() && personal.commitment() && personal.ciphertext();
  }
  return false;
}

// Whether the texts could have been stored one beside the other. A damaged entry may
// name one long text thousands of times, and readers would print gigabytes.
bool is_sound(const Texts& texts, std::size_t payload_bytes) {
  std::size_t bytes = 0;
  for (const auto* text : texts) bytes += text->size();
  return bytes <= payload_bytes;
}

bool is_sound(const flatbuffers::Table& payload, const FieldRule& field,
              std::size_t payload_bytes) {
  const auto within = [&](std::int64_t number) {
    return number >= field.min && number <= field.max;
  };
  if (field.array) {
    if (field.storage == Storage::digest) return true;
    if (field.storage == Storage::text) {
      const auto* texts = pointer_in<Texts>(payload, field);
      return !texts || is_sound(*texts, payload_bytes);
    }
    const auto* numbers = pointer_in<Numbers>(payload, field);
    return !numbers || std::all_of(numbers->begin(), numbers->end(), within);
  }
  switch (field.storage) {
    case Storage::text:
    case Storage::digest:
      return true;
    case Storage::personal: {
      const auto* personal = pointer_in<schema::Personal>(payload, field);
      return !personal || is_sound(*personal);
    }
    case Storage::boolean:
    case Storage::enumeration:
    case Storage::int32:
    case Storage::int64:
      return !is_present(payload, field) || within(number_in(payload, field));
  }
  return false;
}

// What is wrong with the event around its payload, if anything is.
std::optional<Wording> flaw_of(const schema::Event& event) {
  static const std::int64_t end = ns_of_year(2201);
  if (!is_sound(*event.time())) return Wording{"its time is none", "其 time 不是时间"};
  if (event.recorded() && !is_sound(*event.recorded()))
    return Wording{"its recorded time is none", "其 recordedtime 不是时间"};
  if (event.appended_ns() < 0 || event.appended_ns() >= end)
    return Wording{"its appended time is none", "其 appendedtime 不是时间"};
  if (event.previous() < -1) return Wording{"its previous index is none", "其 previous 不是序号"};
  if (event.role() &&
      static_cast<std::size_t>(*event.role()) >= catalogue().roles().names().size()) {
    return Wording{"its role is unknown", "其角色未知"};
  }
  if (!event.author_key() != !event.author_signature())
    return Wording{"its author is incomplete", "其提交者信息不全"};
  if (!has_size(event.author_key(), 4))
    return Wording{"its author's key has not 4 bytes", "其提交者密钥编号不是 4 字节"};
  if (!has_size(event.author_signature(), 64))
    return Wording{"its author's signature has not 64 bytes", "其提交者签名不是 64 字节"};
  return std::nullopt;
}

// The same for the payload, of a known type.
std::optional<Wording> payload_flaw_of(const schema::Event& event, const EventRule& rule) {
  const auto& bytes = *event.payload();
  // The verifier takes the start of what it is given as aligned.
  if (reinterpret_cast<std::uintptr_t>(bytes.data()) % 8 != 0)
    return Wording{"its payload is not aligned", "其载荷未对齐"};
  flatbuffers::Verifier verifier(bytes.data(), bytes.size());
  if (bytes.size() < 8) return Wording{"its payload is too short", "其载荷过短"};
  const auto root = verifier.VerifyOffset(0);
  if (root == 0 || !schema::VerifyPayload(verifier, bytes.data() + root, rule.type)) {
    return Wording{"its payload is malformed", "其载荷格式有误"};
  }
  const auto& payload = payload_table(event);
  for (const auto& field : rule.fields) {
    if (!is_sound(payload, field, bytes.size()))
      return Wording{"a value in its payload is out of range", "其载荷中有值超出范围"};
  }
  return std::nullopt;
}

Error corrupt(Sequence index, const Wording& flaw) {
  return {ErrorCode::corrupt,
          worded("entry {} is no event: {}", "条目 {} 不是事件：{}", index.value, Message(flaw))};
}

}  // namespace

Result<Entry> decode(Sequence index, Bytes bytes) {
  check(reinterpret_cast<std::uintptr_t>(bytes.data()) % 8 == 0, "an entry is 8-byte aligned");
  if (bytes.size() > entry_bytes_max)
    return corrupt(index, {"it is longer than an entry can be", "其长度超过条目上限"});
  const auto* start = reinterpret_cast<const std::uint8_t*>(bytes.data());
  flatbuffers::Verifier verifier(start, bytes.size());
  if (!schema::VerifyEventBuffer(verifier))
    return corrupt(index, {"its bytes are malformed", "其字节格式有误"});
  const auto& event = *schema::GetEvent(start);
  const auto* rule = catalogue().find(static_cast<EventType>(event.type()));
  if (!rule) return corrupt(index, {"its type is unknown", "其类型未知"});
  auto flaw = flaw_of(event);
  if (!flaw) flaw = payload_flaw_of(event, *rule);
  if (flaw) return corrupt(index, *flaw);
  return Entry{index, bytes, &event};
}

std::string_view type_name(EventType type) {
  const auto* rule = catalogue().find(type);
  return rule ? rule->name : std::string_view{};
}

std::optional<EventType> type_of(std::string_view name) {
  const auto* rule = catalogue().find(name);
  return rule ? std::optional(rule->type) : std::nullopt;
}

}  // namespace ledger

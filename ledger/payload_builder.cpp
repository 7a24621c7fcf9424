#include "ledger/payload_builder.h"

#include <fmt/format.h>

#include <algorithm>

#include "ledger/base/check.h"
#include "ledger/base/time.h"
#include "ledger/personal_field.h"
#include "ledger/spelling.h"

namespace ledger {
namespace {

constexpr Wording wanted_array{"an array", "数组"};

schema::Sha256 stored(const std::array<std::uint8_t, 32>& digest) {
  return {flatbuffers::span<const std::uint8_t, 32>(digest)};
}

}  // namespace

std::optional<Refusal> PayloadBuilder::build(const JsonReader& json, const Envelope& envelope) {
  json_ = &json;
  event_ = envelope.event;
  refusal_.reset();
  builder_.Clear();
  if (!collect(*envelope.data) || !read_salts(envelope) || !read_fields() || !check_presence() ||
      !check_groups() || !check_salts()) {
    return std::move(refusal_);
  }
  build_subject();
  store();
  return std::nullopt;
}

Bytes PayloadBuilder::bytes() const {
  return std::as_bytes(std::span(builder_.GetBufferPointer(), builder_.GetSize()));
}

// Puts each value of `data` into the cell of its field.
bool PayloadBuilder::collect(const JsonValue& data) {
  check(event_->fields.size() <= fields_max, "a type has more fields than the codec has cells");
  for (std::size_t place = 0; place < event_->fields.size(); ++place) cells_[place].value = nullptr;
  for (const auto& value : JsonChildren(data)) {
    const auto place = event_->field_names.find(json_->key(value));
    if (!place) {
      refusal_ = Refusal{fmt::format("data.{}", printable(json_->key(value))),
                         {"an unknown field", "未知的字段"},
                         one_of(event_->field_names.names())};
      return false;
    }
    cells_[*place].value = &value;
  }
  return true;
}

bool PayloadBuilder::read_fields() {
  for (std::size_t place = 0; place < event_->fields.size(); ++place) {
    if (!read_field(place)) return false;
  }
  return true;
}

bool PayloadBuilder::read_field(std::size_t place) {
  const auto& field = event_->fields[place];
  auto& cell = cells_[place];
  if (!cell.value) return !field.required || refuse(field, nullptr, field.wanted);
  if (field.array) return read_array(field, cell);
  const auto& value = *cell.value;
  const bool is_text = value.kind == JsonKind::string;
  switch (field.storage) {
    case Storage::text:
    case Storage::personal:
      if (field.storage == Storage::personal && read_sealed(value, cell)) return true;
      if (!is_text || !is_spelled(field, json_->text(value))) break;
      if (field.storage == Storage::personal) {
        cell.offset = build_personal(place, json_->text(value));
      } else {
        cell.offset = builder_.CreateString(json_->text(value).data(), json_->text(value).size()).o;
      }
      return true;
    case Storage::digest:
      if (!is_text || !read_hex(json_->text(value), cell.digest)) break;
      return true;
    case Storage::boolean:
    case Storage::enumeration:
    case Storage::int32:
    case Storage::int64:
      if (!read_number(field, value, cell.number)) break;
      return true;
  }
  return refuse(field, &value, field.wanted);
}

flatbuffers::uoffset_t PayloadBuilder::build_personal(std::size_t place, std::string_view text) {
  const auto stored_text = builder_.CreateString(text.data(), text.size());
  flatbuffers::Offset<flatbuffers::Vector<std::uint8_t>> salt;
  if (const auto* given = salts_.find(place)) {
    salt =
        builder_.CreateVector(reinterpret_cast<const std::uint8_t*>(given->data()), given->size());
  }
  schema::PersonalBuilder personal(builder_);
  personal.add_text(stored_text);
  personal.add_salt(salt);
  return personal.Finish().o;
}

// `{"sealed":PERSON,"sha256":COMMITMENT}`, where that is taken.
bool PayloadBuilder::read_sealed(const JsonValue& value, Cell& cell) {
  if (sealed_ == SealedValues::refused || value.kind != JsonKind::object) return false;
  std::optional<std::string_view> person;
  std::array<std::uint8_t, 32> digest{};
  bool has_digest = false;
  for (const auto& member : JsonChildren(value)) {
    if (member.kind != JsonKind::string) return false;
    const auto key = json_->key(member);
    if (key == "sealed") {
      person = json_->text(member);
    } else if (key == "sha256" && read_hex(json_->text(member), digest)) {
      has_digest = true;
    } else {
      return false;
    }
  }
  if (!person || !has_digest) return false;
  const auto whose = builder_.CreateString(person->data(), person->size());
  const auto nothing = builder_.CreateVector(std::vector<std::uint8_t>{});
  const auto commitment = stored(digest);
  cell.offset =
      schema::CreatePersonal(builder_, schema::PersonalForm::sealed, 0, whose, &commitment, nothing)
          .o;
  return true;
}

// Takes the salts that the author chose, before the values are built.
bool PayloadBuilder::read_salts(const Envelope& envelope) {
  salts_.clear();
  if (!envelope.author_salts) return true;
  if (salts_.parse(*envelope.author_salts, *event_)) return true;
  refusal_ = Refusal{"authorsalts", quoted(*envelope.author_salts), author_salts_wanted(*event_)};
  return false;
}

// A salt needs a value that names a person, which only the whole of the data tells.
bool PayloadBuilder::check_salts() {
  const auto number_at = [this](std::size_t place) -> std::optional<std::int64_t> {
    if (!cells_[place].value) return std::nullopt;
    return cells_[place].number;
  };
  for (std::size_t place = 0; place < event_->fields.size(); ++place) {
    const auto& field = event_->fields[place];
    if (!salts_.find(place)) continue;
    if (cells_[place].value && names_person(*event_, field, number_at)) continue;
    const auto wanted = cells_[place].value ? worded("none, since data.{} names no person",
                                                     "无，因为 data.{} 不指向任何人", field.name)
                                            : worded("none, since data.{} is not there",
                                                     "无，因为没有 data.{}", field.name);
    refusal_ = Refusal{"authorsalts", worded("a salt for {}", "{} 的盐", field.name), wanted};
    return false;
  }
  return true;
}

bool PayloadBuilder::read_number(const FieldRule& field, const JsonValue& value,
                                 std::int64_t& number) const {
  if (field.storage == Storage::boolean) {
    number = value.integer;
    return value.kind == JsonKind::boolean;
  }
  if (field.storage == Storage::enumeration || field.kind == Kind::date) {
    if (value.kind != JsonKind::string) return false;
    const auto text = json_->text(value);
    if (field.kind == Kind::date) {
      const auto date = parse_date(text);
      number = date ? date->days : 0;
      return date.has_value();
    }
    const auto found = std::find(field.values.begin(), field.values.end(), text);
    number = found - field.values.begin();
    return found != field.values.end();
  }
  number = value.integer;
  return value.kind == JsonKind::integer && number >= field.min && number <= field.max;
}

// Arrays hold texts, dates or digests.
bool PayloadBuilder::read_array(const FieldRule& field, Cell& cell) {
  if (cell.value->kind != JsonKind::array) return refuse(field, cell.value, wanted_array);
  texts_.clear();
  numbers_.clear();
  digests_.clear();
  for (const auto& value : JsonChildren(*cell.value)) {
    const bool is_text = value.kind == JsonKind::string;
    std::int64_t number = 0;
    std::array<std::uint8_t, 32> digest{};
    if (field.storage == Storage::text && is_text && is_spelled(field, json_->text(value))) {
      texts_.push_back(builder_.CreateString(json_->text(value).data(), json_->text(value).size()));
    } else if (field.storage == Storage::int32 && read_number(field, value, number)) {
      numbers_.push_back(static_cast<std::int32_t>(number));
    } else if (field.storage == Storage::digest && is_text &&
               read_hex(json_->text(value), digest)) {
      digests_.push_back(stored(digest));
    } else {
      return refuse(field, &value, field.wanted);
    }
  }
  if (field.storage == Storage::text) cell.offset = builder_.CreateVector(texts_).o;
  if (field.storage == Storage::int32) cell.offset = builder_.CreateVector(numbers_).o;
  if (field.storage == Storage::digest) cell.offset = builder_.CreateVectorOfStructs(digests_).o;
  return true;
}

bool PayloadBuilder::holds(const std::vector<Condition>& conditions) const {
  return std::all_of(conditions.begin(), conditions.end(), [&](const Condition& condition) {
    const auto& cell = cells_[condition.field];
    return cell.value && cell.number == condition.value;
  });
}

Message PayloadBuilder::condition(const std::vector<Condition>& conditions) const {
  Message all;
  for (const auto& condition : conditions) {
    const auto& field = event_->fields[condition.field];
    const auto value = field.values[static_cast<std::size_t>(condition.value)];
    const auto one = worded("{} is {}", "{} 为 {}", field.name, value);
    all = all.en.empty() ? one : worded("{} and {}", "{} 且 {}", all, one);
  }
  return all;
}

// Fields whose presence hangs on the values of others.
bool PayloadBuilder::check_presence() {
  for (std::size_t place = 0; place < event_->fields.size(); ++place) {
    const auto& field = event_->fields[place];
    const auto* value = cells_[place].value;
    if (!value && !field.required_if.empty() && holds(field.required_if)) {
      const auto wanted = field.array ? Message(wanted_array) : field.wanted;
      return refuse(field, value,
                    worded("{}, since {}", "{}，因为 {}", wanted, condition(field.required_if)));
    }
    if (value && !holds(field.only_if)) {
      return refuse(field, value,
                    worded("nothing unless {}", "空，除非 {}", condition(field.only_if)));
    }
  }
  return true;
}

bool PayloadBuilder::check_groups() {
  if (event_->exactly_one.empty()) return true;
  std::size_t whole = 0;
  std::size_t partial = 0;
  std::vector<std::string_view> given;
  for (const auto& group : event_->exactly_one) {
    const auto before = given.size();
    for (const auto place : group) {
      if (cells_[place].value) given.push_back(event_->fields[place].name);
    }
    const auto present = given.size() - before;
    if (present == group.size()) {
      ++whole;
    } else if (present > 0) {
      ++partial;
    }
  }
  if (whole == 1 && partial == 0) return true;
  const auto named = [&given](const char* between) {
    return fmt::format("{}", fmt::join(given, between));
  };
  refusal_ = Refusal{"data",
                     given.empty() ? Message("none", "无") : Message(named(" and "), named(" 和 ")),
                     event_->exactly_one_wanted};
  return false;
}

void PayloadBuilder::build_subject() {
  subject_.clear();
  for (const auto& part : event_->subject_parts) {
    subject_ += part.literal;
    if (!part.field) continue;
    const auto& cell = cells_[*part.field];
    if (cell.value->kind == JsonKind::string) {
      subject_ += json_->text(*cell.value);
    } else {
      subject_ += std::to_string(cell.number);
    }
  }
}

void PayloadBuilder::store() {
  const auto start = builder_.StartTable();
  for (const auto place : event_->stored_order) {
    if (cells_[place].value) store_field(event_->fields[place], cells_[place]);
  }
  builder_.Finish(flatbuffers::Offset<void>(builder_.EndTable(start)));
}

void PayloadBuilder::store_field(const FieldRule& field, const Cell& cell) {
  if (field.array) {
    return builder_.AddOffset(field.slot, flatbuffers::Offset<void>(cell.offset));
  }
  // A required number that is 0 takes no room: readers see 0. An optional one is
  // always written, since its absence says something else.
  const auto add = [&](auto number) {
    if (field.required) {
      builder_.AddElement(field.slot, number, decltype(number){0});
    } else {
      builder_.AddElement(field.slot, number);
    }
  };
  switch (field.storage) {
    case Storage::boolean:
    case Storage::enumeration:
      return add(static_cast<std::uint8_t>(cell.number));
    case Storage::int32:
      return add(static_cast<std::int32_t>(cell.number));
    case Storage::int64:
      return add(cell.number);
    case Storage::text:
    case Storage::personal:
      return builder_.AddOffset(field.slot, flatbuffers::Offset<void>(cell.offset));
    case Storage::digest: {
      const auto digest = stored(cell.digest);
      return builder_.AddStruct(field.slot, &digest);
    }
  }
}

bool PayloadBuilder::refuse(const FieldRule& field, const JsonValue* value, Message wanted) {
  auto path = fmt::format("data.{}", field.name);
  const auto* array = cells_[static_cast<std::size_t>(&field - event_->fields.data())].value;
  if (array && value && array != value) {
    std::size_t index = 0;
    for (const auto& element : JsonChildren(*array)) {
      if (&element == value) break;
      ++index;
    }
    path += fmt::format("[{}]", index);
  }
  refusal_ = Refusal{std::move(path), value ? json_->shown(*value) : Message(nothing_there),
                     std::move(wanted)};
  return false;
}

}  // namespace ledger

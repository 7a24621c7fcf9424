// The catalogue of event types, read once from the binary schema and its attributes
// (schemas/README.md). Whoever needs a rule of the outside form asks here: no code
// anywhere else knows a single event type.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/message.h"
#include "ledger/event.h"
#include "ledger/name_table.h"

namespace ledger {

// How a value is stored. `personal` is the table Personal, `digest` the struct Sha256.
enum class Storage : std::uint8_t { boolean, enumeration, int32, int64, text, digest, personal };

// What a value means and so how it is spelled outside.
enum class Kind : std::uint8_t {
  none,
  id,
  text,
  date,
  fen,
  bp,
  count,
  sha256,
  vin,
  uscc,
  month,
  key_id,
  base64
};

// A field (by its place in the type) has one value of its enumeration.
struct Condition {
  std::size_t field;
  std::int64_t value;
};

struct FieldRule {
  std::string_view name;
  flatbuffers::voffset_t slot;  // in the vtable of the payload
  Storage storage;
  Kind kind = Kind::none;
  bool array = false;
  bool required = false;
  std::int64_t min = 0, max = 0;         // of a number; of a string: its length in bytes
  std::vector<std::string_view> values;  // of an enumeration, by number
  std::string_view personal;             // whose it is; empty when it names no person
  std::vector<Condition> only_if;        // refused unless all hold
  std::vector<Condition> required_if;    // required when all hold
  Message wanted;                        // of one value, in words
};

// A piece of a subject: some text, then the value of a field, if any.
struct SubjectPart {
  std::string_view literal;
  std::optional<std::size_t> field;
};

struct EventRule {
  EventType type;
  std::string_view name;     // `filing.submitted`
  std::string comment;       // of the schema; may be empty
  std::string_view subject;  // the template, `filing/{filing}`
  std::vector<SubjectPart> subject_parts;
  std::vector<FieldRule> fields;                      // in the order of the catalogue
  std::vector<std::vector<std::size_t>> exactly_one;  // groups of fields
  Message exactly_one_wanted;
  NameTable field_names;
  std::vector<std::size_t> stored_order;  // places of `fields`, widest first
};

class Catalogue {
 public:
  // Reads the embedded schema, which takes a while: call `catalogue` instead.
  Catalogue();

  // All types by number, without the number 0 that is none.
  std::span<const EventRule> events() const { return events_; }

  // Nothing for a number that is no type.
  const EventRule* find(EventType type) const {
    const auto number = static_cast<std::size_t>(type);
    return number - 1 < events_.size() ? &events_[number - 1] : nullptr;
  }

  const EventRule* find(std::string_view name) const {
    const auto place = event_names_.find(name);
    return place ? &events_[*place] : nullptr;
  }

  const NameTable& roles() const { return roles_; }

 private:
  std::vector<EventRule> events_;
  NameTable event_names_;
  NameTable roles_;
};

// The one catalogue; built at the first call, from any thread, and never changed.
const Catalogue& catalogue();

}  // namespace ledger

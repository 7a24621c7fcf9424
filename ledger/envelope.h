// The attributes of an event in the outside form: everything but its data.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "ledger/base/time.h"
#include "ledger/catalogue.h"
#include "ledger/json_reader.h"
#include "ledger/refusal.h"

namespace ledger {

// An Ed25519 signature and the key it was made with.
struct Author {
  std::array<std::uint8_t, 4> key;
  std::array<std::uint8_t, 64> signature;
};

// Checked attributes; texts point into the reader they came from.
struct Envelope {
  std::string_view source, id, subject;
  const EventRule* event = nullptr;
  Timestamp time;
  std::optional<Timestamp> recorded;
  std::optional<std::string_view> actor, correlation, causation;
  std::optional<std::uint8_t> role;
  std::optional<Author> author;
  std::optional<std::string_view> author_salts;  // `field=hex,…`, still unchecked
  const JsonValue* data = nullptr;               // an object, still unchecked
};

// Checks the attributes of the event in `json` into `into`. That the subject fits the
// data is left to whoever checks the data.
std::optional<Refusal> read_envelope(const JsonReader& json, Envelope& into);

}  // namespace ledger

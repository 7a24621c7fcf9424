// Which values of an event name a natural person, by the attribute `personal` of the schema.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>

#include "ledger/catalogue.h"
#include "ledger/event.h"

namespace ledger {

// The value of the field at a place of `EventRule::fields`; of a text, any number. Nothing
// when the field is absent.
using NumberAt = std::function<std::optional<std::int64_t>(std::size_t place)>;

// Whether the value of `field`, which is there, names a natural person. The name of a
// customer does where the customer is one: of the class recognised or taxi, without uscc.
bool names_person(const EventRule& event, const FieldRule& field, const NumberAt& number_at);

// The same for a stored event.
bool names_person(const schema::Event& stored, const EventRule& event, const FieldRule& field);

}  // namespace ledger

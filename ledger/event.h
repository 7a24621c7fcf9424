// One stored event, as readers see it: verified bytes and where they stand.
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/strong.h"
#include "schemas/event_generated.h"

namespace ledger {

// The type of an event, by its stored number.
using EventType = schema::Payload;

// A view of one entry whose bytes have passed the FlatBuffers verifier, payload
// included. It owns nothing: the bytes live as long as their frame or buffer.
struct Entry {
  Sequence index;
  Bytes bytes;                 // exactly what is stored and hashed
  const schema::Event* event;  // points into `bytes`

  EventType type() const { return static_cast<EventType>(event->type()); }

  // The payload, which must be of type `Table`: check `type()` first.
  template <class Table>
  const Table& payload() const {
    return *flatbuffers::GetRoot<Table>(event->payload()->data());
  }
};

}  // namespace ledger

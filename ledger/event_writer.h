#pragma once

#include <cstdint>

#include "ledger/base/bytes.h"
#include "ledger/envelope.h"
#include "ledger/event.h"

namespace ledger {

// Builds the stored event around a payload into `builder`, which it clears first. The order of
// the calls decides the bytes: changing it changes what is stored (the golden files would say
// so).
void write_event(const Envelope& envelope, Bytes payload, std::uint16_t rules_version,
                 flatbuffers::FlatBufferBuilder& builder);

}  // namespace ledger

// Seals what names a person in the events on their way into the log.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"
#include "ledger/event.h"
#include "ledger/event_copy.h"
#include "ledger/person_book.h"

namespace ledger {

// Keeps its buffers from event to event. One thread.
class Sealer {
 public:
  explicit Sealer(Vault& vault) : persons_(vault) {}

  PersonBook& persons() { return persons_; }

  // By how much the entries of a batch of so many may grow.
  static std::size_t growth_max(std::size_t events);

  // The bytes of `plain` as they are to be stored at `index`, until the next call; its own
  // when it names nobody. Fails with `invalid` when the event may not be kept.
  Result<Bytes> seal(const Entry& plain, Sequence index, const Pending& before);

  // Whether the value that came again is the one that is stored sealed. Where it cannot be
  // told any more, since the person was erased, it is taken to be.
  Result<bool> is_same(const Entry& stored, const FieldRule& field, const schema::Personal& sealed,
                       std::string_view value) const;

 private:
  Result<EventCopy::Personal> seal_field(const Entry& plain, Sequence index, const FieldRule& field,
                                         const schema::Personal& open, const Pending& before,
                                         flatbuffers::FlatBufferBuilder& into);

  PersonBook persons_;
  EventCopy copy_;
  std::string ciphertext_;
};

}  // namespace ledger

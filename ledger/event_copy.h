#pragma once

#include <functional>
#include <optional>

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"
#include "ledger/catalogue.h"
#include "ledger/event.h"

namespace ledger {

// Builds events anew with other personal values, in the order in which an encoder builds them,
// so that one content has one form. Keeps its buffers from event to event. One thread.
class EventCopy {
 public:
  using Personal = flatbuffers::Offset<schema::Personal>;
  // What is to stand for a personal value, built by `into`; nothing to leave it as it is.
  using Replace = std::function<Result<std::optional<Personal>>(
      const FieldRule& field, const schema::Personal& value, flatbuffers::FlatBufferBuilder& into)>;

  // The bytes of the copy, until the next. Fails as `replace` does.
  Result<Bytes> copy(const schema::Event& event, const Replace& replace);

 private:
  Status copy_payload(const schema::Event& event, const EventRule& rule, const Replace& replace);

  flatbuffers::FlatBufferBuilder payload_;
  flatbuffers::FlatBufferBuilder event_;
};

}  // namespace ledger

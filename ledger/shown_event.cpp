#include "ledger/shown_event.h"

#include "ledger/envelope.h"
#include "ledger/event_writer.h"
#include "ledger/json_reader.h"
#include "ledger/payload_builder.h"
#include "ledger/rules_version.h"

namespace ledger {

std::optional<Refusal> read_shown_event(std::string_view json_line, std::vector<std::byte>& entry) {
  JsonReader json;
  Envelope envelope;
  PayloadBuilder payload(SealedValues::taken);
  flatbuffers::FlatBufferBuilder event;
  if (auto refusal = json.read(json_line)) return refusal;
  if (auto refusal = read_envelope(json, envelope)) return refusal;
  if (auto refusal = payload.build(json, envelope)) return refusal;
  if (payload.subject() != envelope.subject) {
    return Refusal{"subject", quoted(envelope.subject), quoted(payload.subject())};
  }
  write_event(envelope, payload.bytes(), rules_version_now, event);
  const auto bytes = std::as_bytes(std::span(event.GetBufferPointer(), event.GetSize()));
  entry.assign(bytes.begin(), bytes.end());
  return std::nullopt;
}

}  // namespace ledger

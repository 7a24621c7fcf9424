#include "ledger/base/check.h"
#include "ledger/codec.h"
#include "ledger/envelope.h"
#include "ledger/event_writer.h"
#include "ledger/json_reader.h"
#include "ledger/payload_builder.h"

namespace ledger {

struct Encoder::State {
  std::uint16_t rules_version;
  JsonReader json;
  Envelope envelope;
  PayloadBuilder payload;
  flatbuffers::FlatBufferBuilder event;
};

Encoder::Encoder(std::uint16_t rules_version) : state_(std::make_unique<State>()) {
  state_->rules_version = rules_version;
}

Encoder::~Encoder() = default;

std::optional<Refusal> Encoder::add(std::string_view json_line, Batch& batch) {
  auto& [rules_version, json, envelope, payload, event] = *state_;
  if (auto refusal = json.read(json_line)) return refusal;
  if (auto refusal = read_envelope(json, envelope)) return refusal;
  if (auto refusal = payload.build(json, envelope)) return refusal;
  if (payload.subject() != envelope.subject) {
    return Refusal{"subject", quoted(envelope.subject), quoted(payload.subject())};
  }
  write_event(envelope, payload.bytes(), rules_version, event);
  if (event.GetSize() > entry_bytes_max) {
    return Refusal{
        "",
        worded("an event that takes {} bytes stored", "存储时占 {} 字节的事件", event.GetSize()),
        worded("at most {} bytes", "最多 {} 字节", entry_bytes_max)};
  }
  batch.add(std::as_bytes(std::span(event.GetBufferPointer(), event.GetSize())));
  return std::nullopt;
}

void stamp(std::span<std::byte> entry, std::int64_t appended_ns, std::int64_t previous) {
  auto* event = flatbuffers::GetMutableRoot<schema::Event>(entry.data());
  check(event->mutate_appended_ns(appended_ns) && event->mutate_previous(previous),
        "an entry has no room for what the log adds");
}

}  // namespace ledger

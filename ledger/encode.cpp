#include <fmt/format.h>

#include "ledger/base/check.h"
#include "ledger/codec.h"
#include "ledger/envelope.h"
#include "ledger/json_reader.h"
#include "ledger/payload_builder.h"

namespace ledger {
namespace {

using Text = flatbuffers::Offset<flatbuffers::String>;

schema::Timestamp stored(const Timestamp& time) {
  return {time.ns, time.offset_minutes, time.fraction_digits, time.zulu};
}

// Builds the stored event around a payload. The order of the calls decides the bytes:
// changing it changes what is stored (the golden files would say so).
class EventWriter {
 public:
  EventWriter(flatbuffers::FlatBufferBuilder& builder, const Envelope& envelope)
      : builder_(builder), envelope_(envelope) {}

  void write(Bytes payload) {
    builder_.Clear();
    const auto payload_at = write_payload(payload);
    const auto source = text(envelope_.source);
    const auto id = text(envelope_.id);
    const auto subject = text(envelope_.subject);
    const auto actor = text(envelope_.actor);
    const auto correlation = text(envelope_.correlation);
    const auto causation = text(envelope_.causation);
    const auto& author = envelope_.author;
    const auto author_key = author ? bytes(author->key) : Vector{};
    const auto author_signature = author ? bytes(author->signature) : Vector{};

    schema::EventBuilder event(builder_);
    // Written even when they are 0 and −1, so that `stamp` finds their place.
    builder_.AddElement<std::int64_t>(schema::Event::VT_APPENDED_NS, 0);
    builder_.AddElement<std::int64_t>(schema::Event::VT_PREVIOUS, -1);
    const auto time = stored(envelope_.time);
    event.add_time(&time);
    if (envelope_.recorded) {
      const auto recorded = stored(*envelope_.recorded);
      event.add_recorded(&recorded);
    }
    event.add_source(source);
    event.add_id(id);
    event.add_subject(subject);
    event.add_actor(actor);
    event.add_correlation(correlation);
    event.add_causation(causation);
    event.add_author_key(author_key);
    event.add_author_signature(author_signature);
    event.add_payload(payload_at);
    // Always written: what an entry says of its version must not hang on a default.
    builder_.AddElement<std::uint16_t>(schema::Event::VT_SCHEMA_VERSION, 1);
    builder_.AddElement<std::uint16_t>(schema::Event::VT_RULES_VERSION, 1);
    event.add_type(static_cast<std::uint8_t>(envelope_.event->type));
    if (envelope_.role) event.add_role(static_cast<schema::Role>(*envelope_.role));
    builder_.Finish(event.Finish());
  }

 private:
  using Vector = flatbuffers::Offset<flatbuffers::Vector<std::uint8_t>>;

  Text text(std::string_view text) { return builder_.CreateString(text.data(), text.size()); }

  Text text(const std::optional<std::string_view>& any) { return any ? text(*any) : Text{}; }

  Vector bytes(std::span<const std::uint8_t> bytes) {
    return builder_.CreateVector(bytes.data(), bytes.size());
  }

  // The payload is read in place, so it starts at a multiple of 8 as the entry does.
  Vector write_payload(Bytes payload) {
    builder_.ForceVectorAlignment(payload.size(), 1, 8);
    return builder_.CreateVector(reinterpret_cast<const std::uint8_t*>(payload.data()),
                                 payload.size());
  }

  flatbuffers::FlatBufferBuilder& builder_;
  const Envelope& envelope_;
};

}  // namespace

struct Encoder::State {
  JsonReader json;
  Envelope envelope;
  PayloadBuilder payload;
  flatbuffers::FlatBufferBuilder event;
};

Encoder::Encoder() : state_(std::make_unique<State>()) {
}

Encoder::~Encoder() = default;

std::optional<Refusal> Encoder::add(std::string_view json_line, Batch& batch) {
  auto& [json, envelope, payload, event] = *state_;
  if (auto refusal = json.read(json_line)) return refusal;
  if (auto refusal = read_envelope(json, envelope)) return refusal;
  if (auto refusal = payload.build(json, *envelope.data, *envelope.event)) return refusal;
  if (payload.subject() != envelope.subject) {
    return Refusal{"subject", quoted(envelope.subject), quoted(payload.subject())};
  }
  EventWriter(event, envelope).write(payload.bytes());
  if (event.GetSize() > entry_bytes_max) {
    return Refusal{"", fmt::format("an event that takes {} bytes stored", event.GetSize()),
                   fmt::format("at most {} bytes", entry_bytes_max)};
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

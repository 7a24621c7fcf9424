#include "ledger/event_writer.h"

#include <optional>
#include <string_view>

namespace ledger {
namespace {

using Text = flatbuffers::Offset<flatbuffers::String>;

schema::Timestamp stored(const Timestamp& time) {
  return {time.ns, time.offset_minutes, time.fraction_digits, time.zulu};
}

class EventWriter {
 public:
  EventWriter(flatbuffers::FlatBufferBuilder& builder, const Envelope& envelope,
              std::uint16_t rules_version)
      : builder_(builder), envelope_(envelope), rules_version_(rules_version) {}

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
    builder_.AddElement<std::uint16_t>(schema::Event::VT_RULES_VERSION, rules_version_);
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
  std::uint16_t rules_version_;
};

}  // namespace

void write_event(const Envelope& envelope, Bytes payload, std::uint16_t rules_version,
                 flatbuffers::FlatBufferBuilder& builder) {
  EventWriter(builder, envelope, rules_version).write(payload);
}

}  // namespace ledger

// From the data of an event in the outside form to its stored payload.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/author_salts.h"
#include "ledger/base/bytes.h"
#include "ledger/catalogue.h"
#include "ledger/envelope.h"
#include "ledger/json_reader.h"
#include "ledger/refusal.h"

namespace ledger {

// Whether a sealed value may stand for one in the open, as exports show it: its event is only to
// be looked at then, and never to be kept.
enum class SealedValues { refused, taken };

// Checks data against the rules of its type and builds the payload in the same pass.
// Keeps its buffers from event to event. Not thread-safe.
class PayloadBuilder {
 public:
  explicit PayloadBuilder(SealedValues sealed = SealedValues::refused) : sealed_(sealed) {}

  // Builds the payload of the event whose attributes `json` has read into `envelope`. The
  // bytes are the same whatever the order of the keys. When something is refused there is
  // no payload.
  std::optional<Refusal> build(const JsonReader& json, const Envelope& envelope);

  // The payload built last, until the next is built.
  Bytes bytes() const;

  // The subject that the data built last call for.
  std::string_view subject() const { return subject_; }

 private:
  static constexpr std::size_t fields_max = 16;

  // A field of the event at hand.
  struct Cell {
    const JsonValue* value;         // null when absent
    flatbuffers::uoffset_t offset;  // of what is stored outside the table
    std::int64_t number;            // of a number, date, enumeration, boolean
    std::array<std::uint8_t, 32> digest;
  };

  bool collect(const JsonValue& data);
  bool read_salts(const Envelope& envelope);
  bool check_salts();
  bool read_fields();
  bool read_field(std::size_t place);
  bool read_array(const FieldRule& field, Cell& cell);
  bool read_number(const FieldRule& field, const JsonValue& value, std::int64_t& number) const;
  bool check_presence();
  bool check_groups();
  bool holds(const std::vector<Condition>& conditions) const;
  Message condition(const std::vector<Condition>& conditions) const;
  flatbuffers::uoffset_t build_personal(std::size_t place, std::string_view text);
  bool read_sealed(const JsonValue& value, Cell& cell);
  void build_subject();
  void store();
  void store_field(const FieldRule& field, const Cell& cell);
  bool refuse(const FieldRule& field, const JsonValue* value, Message wanted);

  SealedValues sealed_;
  flatbuffers::FlatBufferBuilder builder_;
  const JsonReader* json_ = nullptr;
  const EventRule* event_ = nullptr;
  std::array<Cell, fields_max> cells_{};
  AuthorSalts salts_;
  std::vector<flatbuffers::Offset<flatbuffers::String>> texts_;
  std::vector<std::int32_t> numbers_;
  std::vector<schema::Sha256> digests_;
  std::string subject_;
  std::optional<Refusal> refusal_;
};

}  // namespace ledger

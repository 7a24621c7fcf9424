// Between the outside form of an event (a line of JSON, CloudEvents 1.0) and its
// stored form (FlatBuffers). The rules of the outside form come from the schema and
// its attributes (catalogue.h); nothing here knows a single event type.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/base/error.h"
#include "ledger/batch.h"
#include "ledger/event.h"
#include "ledger/refusal.h"
#include "ledger/rules_version.h"

namespace ledger {

// RFC 6962 tiles give the length of an entry in 16 bits.
constexpr std::size_t entry_bytes_max = 65'535;

// Validates lines and builds entries. Keeps its buffers between lines. One thread
// at a time; make one per thread.
class Encoder {
 public:
  // Entries state that they were written under that version of the rules: the one of today,
  // but for tests of what another would change.
  explicit Encoder(std::uint16_t rules_version = rules_version_now);
  ~Encoder();

  // Reads one event in the outside form and adds its entry to `batch`. Nothing is
  // added when the line is refused.
  std::optional<Refusal> add(std::string_view json_line, Batch& batch);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Checks that `bytes` are a whole, well-formed entry of a known type, payload
// included, and returns the view. Fails with `corrupt`. The bytes must be 8-byte aligned.
Result<Entry> decode(Sequence index, Bytes bytes);

// Writes the two fields that only the log knows into a built entry, in place.
void stamp(std::span<std::byte> entry, std::int64_t appended_ns, std::int64_t previous);

// Appends to `out` the outside form of `entry`, one JSON object without a line end:
// attributes in the order of the catalogue, then `ledgerindex` and `appendedtime`.
void append_json(const Entry& entry, std::string& out);

struct FieldRule;

// Whether a value that is stored sealed is `value`; only who has the vault can tell.
using SealedMatch = std::function<bool(const FieldRule& field, const schema::Personal& sealed,
                                       std::string_view value)>;

// Whether two entries state the same: all attributes and data as parsed, the log's
// own fields (appended time, previous index, versions) apart. `match` decides about a value
// that is sealed in one of them and open in the other; without it the rest decides.
bool same_content(const Entry& a, const Entry& b, const SealedMatch& match = {});

// `filing.submitted` and the like; empty for a number that is no type.
std::string_view type_name(EventType type);
std::optional<EventType> type_of(std::string_view name);

}  // namespace ledger

// Building and reading events of the outside form in tests.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/codec.h"

namespace ledger::test {

// One built entry that owns its bytes.
class OwnedEntry {
 public:
  explicit OwnedEntry(Bytes bytes) : size_(bytes.size()), words_(bytes.size() / 8 + 1) {
    std::memcpy(words_.data(), bytes.data(), size_);
  }

  std::span<std::byte> bytes() { return std::as_writable_bytes(std::span(words_)).first(size_); }

  Result<Entry> decode(std::uint64_t index = 0) { return ledger::decode(Sequence{index}, bytes()); }

 private:
  std::size_t size_;
  std::vector<std::uint64_t> words_;
};

// What became of one line: its entry or why it was refused.
struct Encoded {
  std::optional<Refusal> refusal;
  std::optional<OwnedEntry> entry;
};

inline Encoded encode(std::string_view line) {
  Encoder encoder;
  Batch batch;
  Encoded result{encoder.add(line, batch), std::nullopt};
  if (!result.refusal) result.entry.emplace(batch.entry(0));
  return result;
}

inline std::string exported(const Entry& entry) {
  std::string line;
  append_json(entry, line);
  return line;
}

}  // namespace ledger::test

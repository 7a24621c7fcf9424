#include "tests/support/memory_source.h"

#include <catch2/catch.hpp>

#include "ledger/codec.h"

namespace test {
namespace {

std::string key_of(std::string_view source, std::string_view id) {
  return std::string(source).append(1, '#').append(id);
}

}  // namespace

MemorySource::MemorySource(const std::vector<std::string>& lines)
    : MemorySource(lines, lines.size()) {
}

MemorySource::MemorySource(const std::vector<std::string>& lines, std::size_t changed_from)
    : size_(lines.size()) {
  ledger::Encoder encoder;
  ledger::Encoder changed(2);
  for (const auto& line : lines) {
    const bool is_changed = batch_.count() >= changed_from;
    const auto refusal = (is_changed ? changed : encoder).add(line, batch_);
    if (refusal) {
      FAIL(line << "\nrefused: " << refusal->message().en);
    }
  }
  for (std::size_t index = 0; index < size_; ++index) {
    const auto* event = entry(index).event;
    by_key_.emplace(key_of(event->source()->string_view(), event->id()->string_view()), index);
  }
}

MemorySource MemorySource::first(std::size_t size) const {
  MemorySource shorter;
  shorter.size_ = std::min(size, size_);
  shorter.batch_ = batch_;
  shorter.by_key_ = by_key_;
  return shorter;
}

ledger::Entry MemorySource::entry(std::size_t index) const {
  auto decoded = ledger::decode(ledger::Sequence{index}, batch_.entry(index));
  if (!decoded) FAIL(decoded.error().message.en);
  return *decoded;
}

ledger::Status MemorySource::scan(std::optional<ledger::EventType> only, const Visit& visit) const {
  for (std::size_t index = 0; index < size_; ++index) {
    const auto decoded = entry(index);
    if (only && decoded.type() != *only) continue;
    TRY(visit(decoded));
  }
  return ledger::Ok{};
}

ledger::Status MemorySource::read_each(const std::vector<ledger::Sequence>& indexes,
                                       const Visit& use) const {
  for (const auto index : indexes) TRY(use(entry(index.value)));
  return ledger::Ok{};
}

ledger::Result<std::optional<ledger::Sequence>> MemorySource::find(std::string_view source,
                                                                   std::string_view id) const {
  const auto found = by_key_.find(key_of(source, id));
  if (found == by_key_.end() || found->second >= size_) return std::optional<ledger::Sequence>{};
  return std::optional(ledger::Sequence{found->second});
}

}  // namespace test

#include "projections/excerpt.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <utility>

#include "ledger/codec.h"

namespace projections {
namespace {

using ledger::Entry;
using ledger::Ok;
using ledger::Result;
using ledger::Sequence;
using ledger::Status;

std::uint64_t hash_of(std::string_view source, std::string_view id) {
  return XXH3_64bits_withSeed(id.data(), id.size(), XXH3_64bits(source.data(), source.size()));
}

bool before(const Entry& entry, Sequence index) {
  return entry.index < index;
}

}  // namespace

Result<Excerpt> Excerpt::of(const EventSource& source, const std::vector<Sequence>& indexes) {
  auto bytes = std::make_shared<ledger::Batch>();
  TRY(source.read_each(indexes, [&](const Entry& entry) -> Status {
    bytes->add(entry.bytes);
    return Ok{};
  }));
  Excerpt excerpt;
  excerpt.size_ = source.size();
  excerpt.entries_.reserve(indexes.size());
  for (std::size_t position = 0; position < bytes->count(); ++position) {
    excerpt.entries_.push_back(TRY(ledger::decode(indexes[position], bytes->entry(position))));
  }
  excerpt.bytes_ = std::move(bytes);
  excerpt.index_ids();
  return excerpt;
}

Excerpt Excerpt::part(const std::vector<Sequence>& indexes) const {
  Excerpt excerpt;
  excerpt.size_ = size_;
  excerpt.bytes_ = bytes_;
  excerpt.entries_.reserve(indexes.size());
  auto at = entries_.begin();
  for (const auto index : indexes) {
    at = std::lower_bound(at, entries_.end(), index, before);
    if (at != entries_.end() && at->index == index) excerpt.entries_.push_back(*at);
  }
  excerpt.index_ids();
  return excerpt;
}

void Excerpt::index_ids() {
  ids_.reserve(entries_.size());
  for (std::uint32_t position = 0; position < entries_.size(); ++position) {
    const auto* event = entries_[position].event;
    ids_.push_back({hash_of(event->source()->string_view(), event->id()->string_view()), position});
  }
  std::sort(ids_.begin(), ids_.end(), [](const IdHash& a, const IdHash& b) {
    return std::pair{a.hash, a.position} < std::pair{b.hash, b.position};
  });
}

Status Excerpt::scan(std::optional<ledger::EventType> only, const Visit& visit) const {
  for (const auto& entry : entries_) {
    if (!only || entry.type() == *only) TRY(visit(entry));
  }
  return Ok{};
}

Status Excerpt::read_each(const std::vector<Sequence>& indexes, const Visit& use) const {
  auto at = entries_.begin();
  for (const auto index : indexes) {
    at = std::lower_bound(at, entries_.end(), index, before);
    if (at != entries_.end() && at->index == index) TRY(use(*at));
  }
  return Ok{};
}

Result<std::optional<Sequence>> Excerpt::find(std::string_view source, std::string_view id) const {
  const auto hash = hash_of(source, id);
  auto at = std::lower_bound(ids_.begin(), ids_.end(), hash,
                             [](const IdHash& a, std::uint64_t b) { return a.hash < b; });
  for (; at != ids_.end() && at->hash == hash; ++at) {
    const auto& entry = entries_[at->position];
    if (entry.event->source()->string_view() == source && entry.event->id()->string_view() == id) {
      return std::optional(entry.index);
    }
  }
  return std::optional<Sequence>{};
}

}  // namespace projections

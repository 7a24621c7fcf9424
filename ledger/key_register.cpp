#include "ledger/key_register.h"

#include "ledger/author_signature.h"
#include "ledger/byte_order.h"
#include "ledger/frame_cursor.h"
#include "ledger/pending_index.h"

namespace ledger {
namespace {

constexpr std::string_view beginning = "key/";

}  // namespace

KeyRegister KeyRegister::read(const Store& store, TreeSize size, std::string origin) {
  KeyRegister keys;
  keys.origin_ = std::move(origin);
  std::map<std::string, Sequence, std::less<>> newest;
  auto cursor = store.cursor(Table::streams, Store::Pattern::few);
  for (cursor.seek(bytes_of(beginning)); cursor.valid(); cursor.next()) {
    const auto subject = text_of(cursor.key());
    if (!subject.starts_with(beginning)) break;
    if (cursor.value().size() != sizeof(std::uint64_t)) continue;
    newest.emplace(subject, Sequence{load_little<std::uint64_t>(cursor.value(), 0)});
  }
  if (const auto pending = PendingIndex::read_tail(store, size)) {
    pending->each_stream(beginning, [&newest](std::string_view subject, Sequence index) {
      newest.insert_or_assign(std::string(subject), index);
    });
  }
  for (const auto& [subject, last] : newest) keys.read_stream(store, last, size);
  return keys;
}

// From the end back, so that a revocation is seen before the enrolment it is of.
void KeyRegister::read_stream(const Store& store, Sequence last, TreeSize size) {
  std::optional<Sequence> revoked;
  FrameCursor cursor(store, Store::Pattern::few);
  for (auto at = std::optional(last); at;) {
    if (!cursor.seek(*at)) return;
    const auto frame = cursor.load();
    const auto entry = entry_at(frame, static_cast<std::uint32_t>(at->value - frame.first().value));
    if (!entry) return;
    const bool known = entry->index.value < size.value;
    if (known && entry->type() == EventType::KeyRevoked) revoked = entry->index;
    if (known && entry->type() == EventType::KeyEnrolled) {
      auto author = author_key_of(*entry);
      if (author) {
        const auto id = author->key.id();
        keys_.insert_or_assign(id, Registered{*std::move(author), entry->index, revoked});
      }
    }
    const auto previous = entry->event->previous();
    // A damaged entry may lead anywhere but back.
    const bool ends = previous < 0 || static_cast<std::uint64_t>(previous) >= at->value;
    at = ends ? std::nullopt : std::optional{Sequence{static_cast<std::uint64_t>(previous)}};
  }
}

std::optional<KeyRegister::Flaw> KeyRegister::flaw_in(const Entry& entry) const {
  const auto id = author_of(*entry.event);
  const auto name = key_subject(id);
  const auto found = keys_.find(id);
  if (found == keys_.end() || found->second.enrolled > entry.index) {
    return Flaw{{"one by a key enrolled before", "由此前已登记的密钥所签"},
                worded("{}, which was not", "{}，此前未登记", name)};
  }
  const auto& key = found->second;
  if (key.revoked && *key.revoked < entry.index) {
    return Flaw{
        {"one by a key that stands", "由有效的密钥所签"},
        worded("{}, revoked at index {}", "{}，已在序号 {} 处吊销", name, key.revoked->value)};
  }
  const auto good = is_signed_by(*entry.event, key.author.key.public_key(), origin_);
  if (good && *good) return std::nullopt;
  return Flaw{worded("one by {} over this event", "由 {} 对此事件所签", key.author.key.text()),
              good ? Message("another", "另一签名") : good.error().message};
}

}  // namespace ledger

#include "projections/author_gate.h"

#include <fmt/format.h>

#include "ledger/author_signature.h"
#include "ledger/refusal.h"
#include "ledger/stream_walk.h"

namespace projections {
namespace {

using ledger::Entry;
using ledger::EventType;
using ledger::Ok;
using ledger::Pending;
using ledger::refused;
using ledger::Result;
using ledger::Sequence;
using ledger::Status;
using ledger::Walk;
namespace schema = ledger::schema;
using ledger::proof::KeyId;

std::string shown(KeyId id) {
  return fmt::format("\"{:08x}\"", id.value);
}

KeyId id_in(const flatbuffers::String& digits) {
  KeyId id;
  for (const char digit : digits.string_view()) {
    const auto value = digit <= '9' ? digit - '0' : digit - 'a' + 10;
    id.value = id.value << 4U | static_cast<std::uint32_t>(value);
  }
  return id;
}

}  // namespace

// Walks the stream of the key back from its end: a revocation comes before its enrolment there.
Result<std::optional<Enrolment>> enrolment_of(KeyId id, const Pending& before) {
  std::optional<Enrolment> enrolment;
  std::optional<Sequence> revoked;
  const auto look = [&](const Entry& entry) -> Result<Walk> {
    if (entry.type() == EventType::KeyRevoked) revoked = entry.index;
    if (entry.type() != EventType::KeyEnrolled) return Walk::on;
    enrolment = Enrolment{TRY(ledger::author_key_of(entry)), entry.index, {}};
    return Walk::on;
  };
  TRY(ledger::walk_back(before, ledger::key_subject(id), look));
  if (enrolment) enrolment->revoked = revoked;
  return enrolment;
}

Status AuthorGate::admit(const Entry& event, const Pending& before) {
  if (!event.event->author_key()) return Ok{};
  const auto id = ledger::author_of(*event.event);
  const auto* enrolment = TRY(find(id, before));
  if (enrolment == nullptr) {
    return refused("authorkey", shown(id),
                   {"a key that a key.enrolled before this event brought into the log",
                    "在此事件之前已由 key.enrolled 登记入日志的密钥"});
  }
  const auto& author = enrolment->author;
  if (enrolment->revoked) {
    return refused("authorkey",
                   ledger::worded("{}, which was revoked at index {}", "{}，已在序号 {} 处吊销",
                                  shown(id), enrolment->revoked->value),
                   {"a key that stands; sign with another and enrol that first",
                    "仍然有效的密钥；请先登记另一密钥，再以其签名"});
  }
  TRY(ledger::check_mandate(*event.event, author));
  const auto& origin = before.config().origin;
  const auto& key = author.key.public_key();
  if (before.signed_by() == key) return Ok{};
  if (TRY(ledger::is_signed_by(*event.event, key, origin))) return Ok{};
  return refused("authorsig",
                 ledger::worded("a signature that {} did not make over this event",
                                "并非 {} 对此事件所作的签名", ledger::quoted(author.key.name())),
                 ledger::worded("one over the event as it stands here, for the ledger {}; whoever "
                                "altered it must have it signed again",
                                "为账本 {} 对此事件现有内容所作的签名；改动者须请其重新签名",
                                ledger::quoted(origin)));
}

void AuthorGate::forget_from(Sequence index) {
  std::erase_if(known_, [&](const auto& known) { return known.second.last >= index; });
}

Result<const Enrolment*> AuthorGate::signer_of(const Entry& event, const Pending& before) {
  return find(ledger::author_of(*event.event), before);
}

Result<const Enrolment*> AuthorGate::find(KeyId id, const Pending& before) {
  const auto last = before.last_of(ledger::key_subject(id));
  if (!last) return nullptr;
  const auto known = known_.find(id);
  if (known != known_.end() && known->second.last == *last) return &known->second.enrolment;
  auto enrolment = TRY(enrolment_of(id, before));
  if (!enrolment) return nullptr;
  return &known_.insert_or_assign(id, Known{*last, *std::move(enrolment)}).first->second.enrolment;
}

Status admit_enrolment(const Entry& event, const Pending& before) {
  const auto author = TRY(ledger::author_key_of(event));
  if (const auto earlier = TRY(enrolment_of(author.key.id(), before))) {
    return refused("data.key",
                   ledger::worded("{}, which was enrolled at index {}", "{}，已在序号 {} 处登记",
                                  shown(author.key.id()), earlier->enrolled.value),
                   {"a key that was not; each is enrolled once, so make a new one",
                    "尚未登记的密钥；每个密钥只登记一次，请新建一个"});
  }
  if (ledger::proof::ed25519::is_weak(author.key.public_key())) {
    return refused(
        "data.public_key",
        {"a point of small order, under which anyone can sign", "低阶点，任何人都能以其名义签名"},
        {"a key that `tally key new` or another sound program made",
         "由 `tally key new` 或其他可靠程序生成的密钥"});
  }
  return Ok{};
}

Status admit_revocation(const Entry& event, const Pending& before) {
  const auto id = id_in(*event.payload<schema::KeyRevoked>().key());
  if (TRY(enrolment_of(id, before))) return Ok{};
  return refused("data.key", shown(id),
                 {"a key that a key.enrolled before brought into the log",
                  "此前已由 key.enrolled 登记入日志的密钥"});
}

}  // namespace projections

#include "ledger/erasure.h"

#include <map>
#include <utility>

#include "ledger/base/message.h"
#include "ledger/codec.h"
#include "ledger/event_writer.h"
#include "ledger/finding.h"
#include "ledger/proof/hash.h"
#include "ledger/refusal.h"
#include "ledger/rules_version.h"
#include "ledger/sealed_scan.h"
#include "ledger/spelling.h"
#include "ledger/vault.h"

namespace ledger {
namespace {

constexpr std::string_view source = "tally/erase";
constexpr std::size_t id_digits = 32;

using FieldCounts = std::map<std::string, std::int64_t, std::less<>>;

Result<FieldCounts> count_fields(const Reader& reader, const std::vector<std::string>& persons) {
  FieldCounts counts;
  for (const auto& person : persons) counts[person] = 0;
  TRY(each_sealed(reader, [&](const Entry&, const FieldRule&, const schema::Personal& sealed) {
    const auto found = counts.find(sealed.person()->string_view());
    if (found != counts.end()) ++found->second;
    return Status(Ok{});
  }));
  return counts;
}

const EventRule& erased_rule() {
  return *catalogue().find(EventType::PersonErased);
}

Status check_reason(const std::string& reason) {
  const auto& rule = erased_rule();
  const auto& field = rule.fields[*rule.field_names.find("reason")];
  if (!reason.empty() && is_spelled(field, reason)) return Ok{};
  return Error{ErrorCode::invalid,
               worded("--reason: got {}, wanted {}, and not an empty one. Nothing was erased",
                      "--reason：得到 {}，应为 {}，且不得为空。未删除任何内容",
                      ledger::quoted(reason), field.wanted)};
}

// One event a person for ever, so that the same request again is the same event.
Batch erased_event(const std::string& person, std::int64_t fields, const ErasureRequest& request) {
  flatbuffers::FlatBufferBuilder payload;
  payload.Finish(schema::CreatePersonErasedDirect(payload, person.c_str(), request.reason.c_str(),
                                                  static_cast<std::int32_t>(fields)));
  const auto id = "erase-" + hex_of(proof::sha256(bytes_of(person))).substr(0, id_digits);
  const auto subject = person_subject(person);
  Envelope envelope;
  envelope.source = source;
  envelope.id = id;
  envelope.subject = subject;
  envelope.event = &erased_rule();
  envelope.time = Timestamp{request.time_ns, 0, 9, true};
  if (!request.actor.empty()) envelope.actor = request.actor;
  flatbuffers::FlatBufferBuilder event;
  write_event(envelope, std::as_bytes(std::span(payload.GetBufferPointer(), payload.GetSize())),
              rules_version_now, event);
  Batch batch;
  batch.add(std::as_bytes(std::span(event.GetBufferPointer(), event.GetSize())));
  return batch;
}

// Whose keys are still to be destroyed; those who are erased in the vault already are not.
Result<Vault::Persons> to_destroy(const Vault& vault, const FieldCounts& counts) {
  Vault::Persons persons;
  for (const auto& [person, fields] : counts) {
    const auto state = TRY(vault.find(person)).state;
    if (state == Person::State::unknown && fields == 0) {
      return Error{ErrorCode::invalid,
                   worded("PERSON: got {}, of whom this ledger holds nothing, wanted a person that "
                          "`tally erase --list` shows. Nothing was erased",
                          "PERSON：得到 {}，本账本中没有此人的内容，应为 `tally erase --list` "
                          "所列的个人。未删除任何内容",
                          ledger::quoted(person))};
    }
    if (state != Person::State::erased) persons.insert(person);
  }
  return persons;
}

}  // namespace

Result<std::vector<Erasure>> erase(Log& log, const ErasureRequest& request) {
  TRY(check_reason(request.reason));
  auto* const vault = log.vault();
  if (vault == nullptr) {
    return Error{
        ErrorCode::invalid,
        worded("this ledger keeps personal values in the open, so nothing can be erased from it. "
               "Export it, and import that into a ledger made with `tally init --vault`",
               "本账本以明文保存个人数据，故无法从中删除。请将其导出，再导入用 "
               "`tally init --vault` 建立的账本")};
  }
  const auto reader = log.reader();
  const auto counts = TRY(count_fields(reader, request.persons));
  const auto persons = TRY(to_destroy(*vault, counts));
  if (!persons.empty()) TRY(vault->destroy(persons));
  std::vector<Erasure> erasures;
  for (const auto& [person, fields] : counts) {
    const auto recorded = TRY(reader.stream(person_subject(person)));
    Erasure erasure{person, fields, {}, !recorded.empty()};
    if (erasure.repeated) {
      erasure.index = recorded.front();
    } else {
      erasure.index = TRY(log.append(erased_event(person, fields, request))).indexes.front();
    }
    erasures.push_back(std::move(erasure));
  }
  return erasures;
}

}  // namespace ledger

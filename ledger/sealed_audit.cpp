#include "ledger/sealed_audit.h"

#include <cstring>
#include <map>
#include <string>

#include "ledger/base/message.h"
#include "ledger/codec.h"
#include "ledger/personal_commitment.h"
#include "ledger/sealed_scan.h"
#include "ledger/sealed_value.h"

namespace ledger {
namespace {

class Audit {
 public:
  Audit(const Reader& reader, const Vault& vault) : reader_(reader), vault_(vault) {}

  Result<SealedAudit> run() {
    TRY(each_sealed(reader_,
                    [this](const Entry& entry, const FieldRule& field,
                           const schema::Personal& sealed) { return look(entry, field, sealed); }));
    return std::move(result_);
  }

 private:
  // One person, as vault and log have it.
  struct Standing {
    Person person;
    bool erased = false;  // as the log says
  };

  Status look(const Entry& entry, const FieldRule& field, const schema::Personal& sealed) {
    ++result_.sealed;
    const auto& standing = *TRY(standing_of(sealed.person()->str()));
    if (standing.erased) {
      ++result_.erased;
      return Ok{};
    }
    if (standing.person.state != Person::State::live) return Ok{};
    if (is_as_sealed(standing.person.keys, entry, field, sealed)) {
      ++result_.opened;
    } else {
      result_.findings.push_back(
          {Finding::Where::entry, entry.index,
           worded("data.{} as it was sealed for {}", "为 {1} 密封时的 data.{0}", field.name,
                  sealed.person()->str()),
           Message("a value that this person's key does not open", "该个人的密钥无法打开的值"),
           std::string(type_name(entry.type())), entry.event->subject()->str()});
    }
    return Ok{};
  }

  static bool is_as_sealed(const PersonKeys& keys, const Entry& entry, const FieldRule& field,
                           const schema::Personal& sealed) {
    const auto opened = open_value(keys, *entry.event, field.name, sealed);
    if (!opened) return false;
    const auto commitment = personal_commitment(opened->salt, opened->value);
    return std::memcmp(sealed.commitment(), commitment.data(), commitment.size()) == 0;
  }

  // Looked up once; what is wrong with a person is found once, too.
  Result<const Standing*> standing_of(const std::string& person) {
    const auto known = standings_.find(person);
    if (known != standings_.end()) return &known->second;
    Standing standing;
    auto found = vault_.find(person);
    // A damaged record is a finding, not the end of the audit.
    if (found) standing.person = *found;
    standing.erased = !TRY(reader_.stream(person_subject(person))).empty();
    const bool live = standing.person.state == Person::State::live;
    if (!found) {
      say(person, worded("the keys of {}", "{} 的密钥", person), found.error().message);
    } else if (standing.erased && live) {
      say(person, worded("no key of {}, who was erased", "已删除的 {} 没有密钥", person),
          {"one, from an older copy of the vault; erase them again",
           "有密钥，来自保险库的旧副本；请再次删除"});
    } else if (!standing.erased && standing.person.state == Person::State::erased) {
      say(person, worded("the event person.erased of {}", "{} 的 person.erased 事件", person),
          {"none, though the key is destroyed; erase them again to record it",
           "没有，而密钥已销毁；请再次删除以作记录"});
    } else if (!standing.erased && !live) {
      say(person, worded("the keys of {}", "{} 的密钥", person),
          {"none; the vault is older than the log, or lost them",
           "没有；保险库早于日志，或已将其丢失"});
    }
    return &standings_.emplace(person, standing).first->second;
  }

  void say(const std::string& person, const Message& expected, Message found) {
    result_.findings.push_back({Finding::Where::file,
                                {},
                                worded("in the vault: {}", "保险库中：{}", expected),
                                std::move(found),
                                {},
                                person_subject(person)});
  }

  const Reader& reader_;
  const Vault& vault_;
  std::map<std::string, Standing, std::less<>> standings_;
  SealedAudit result_;
};

}  // namespace

Result<SealedAudit> audit_sealed(const Reader& reader, const Vault& vault) {
  return Audit(reader, vault).run();
}

}  // namespace ledger

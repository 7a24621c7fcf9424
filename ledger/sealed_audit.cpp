#include "ledger/sealed_audit.h"

#include <cstring>
#include <map>
#include <string>

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
           "data." + std::string(field.name) + " as it was sealed for " + sealed.person()->str(),
           "a value that this person's key does not open", std::string(type_name(entry.type())),
           entry.event->subject()->str()});
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
      say(person, "the keys of " + person, found.error().message);
    } else if (standing.erased && live) {
      say(person, "no key of " + person + ", who was erased",
          "one, from an older copy of the vault; erase them again");
    } else if (!standing.erased && standing.person.state == Person::State::erased) {
      say(person, "the event person.erased of " + person,
          "none, though the key is destroyed; erase them again to record it");
    } else if (!standing.erased && !live) {
      say(person, "the keys of " + person, "none; the vault is older than the log, or lost them");
    }
    return &standings_.emplace(person, standing).first->second;
  }

  void say(const std::string& person, std::string expected, std::string found) {
    result_.findings.push_back({Finding::Where::file,
                                {},
                                "in the vault: " + std::move(expected),
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

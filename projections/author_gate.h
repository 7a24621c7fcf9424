// Lets signed events in: only what the holder of a key enrolled in the log has signed.
#pragma once

#include <map>
#include <optional>

#include "ledger/author_key.h"
#include "ledger/log.h"

namespace projections {

// A key as the log knows it before an event.
struct Enrolment {
  ledger::AuthorKey author;
  ledger::Sequence enrolled;
  std::optional<ledger::Sequence> revoked;
};

// What was enrolled under that id; nothing when nothing was. A void changes none of it: a key
// that should not sign any more is revoked. Fails as reading the log does.
ledger::Result<std::optional<Enrolment>> enrolment_of(ledger::proof::KeyId id,
                                                      const ledger::Pending& before);

// Remembers keys from event to event. For one log; one call at a time, in log order.
class AuthorGate {
 public:
  // Whether the event, if it is signed, is by a key that was enrolled before it and not
  // revoked, that may sign it, and whose signature is good. Fails with `invalid`.
  ledger::Status admit(const ledger::Entry& event, const ledger::Pending& before);
  // Events from there on were taken back.
  void forget_from(ledger::Sequence index);

  // The key that signed an event which is in the log. Requires a signed event.
  ledger::Result<const Enrolment*> signer_of(const ledger::Entry& event,
                                             const ledger::Pending& before);

 private:
  struct Known {
    ledger::Sequence last;  // of the stream of the key
    Enrolment enrolment;
  };

  // Null when no such key was enrolled.
  ledger::Result<const Enrolment*> find(ledger::proof::KeyId id, const ledger::Pending& before);

  std::map<ledger::proof::KeyId, Known> known_;
};

// Whether a key may be enrolled, or one revoked: its id follows from the key, is enrolled once,
// and only what is enrolled is revoked. Fails with `invalid`.
ledger::Status admit_enrolment(const ledger::Entry& event, const ledger::Pending& before);
ledger::Status admit_revocation(const ledger::Entry& event, const ledger::Pending& before);

}  // namespace projections

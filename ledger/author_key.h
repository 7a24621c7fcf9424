// The keys that authors sign with, as `key.enrolled` brings them into the log.
#pragma once

#include <optional>
#include <string>

#include "ledger/base/error.h"
#include "ledger/base/time.h"
#include "ledger/event.h"
#include "ledger/proof/key.h"

namespace ledger {

struct AuthorKey {
  proof::VerifierKey key;  // named after its holder
  std::string role;
  std::optional<std::string> dealer;  // whose key it is; it signs for no other
  Date valid_from;                    // the first business date it may sign for
};

// `key/0123abcd`: where its enrolment and revocation stand.
std::string key_subject(proof::KeyId id);
// The key id that the event names as its author's. Requires a signed event.
proof::KeyId author_of(const schema::Event& event);

// Reads a `key.enrolled`. Fails with `invalid`, naming the field: a holder that no key can be
// named after, a public key that is none, an id that does not follow from the two, an unknown
// role.
Result<AuthorKey> author_key_of(const Entry& enrolled);

}  // namespace ledger

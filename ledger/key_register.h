// The keys of authors as a whole log enrolled and revoked them: what a verification judges
// signatures by.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/author_key.h"
#include "ledger/base/message.h"
#include "ledger/base/strong.h"
#include "ledger/event.h"
#include "ledger/store.h"

namespace ledger {

class KeyRegister {
 public:
  // Reads the streams of keys in the first `size` entries. What cannot be read is left out:
  // a verification finds that by itself.
  static KeyRegister read(const Store& store, TreeSize size, std::string origin);

  // What is wrong with the signature of the event, in words, as wanted and as found; nothing
  // when it is good. Requires a signed event.
  struct Flaw {
    Message wanted, found;
  };

  std::optional<Flaw> flaw_in(const Entry& entry) const;

 private:
  struct Registered {
    AuthorKey author;
    Sequence enrolled;
    std::optional<Sequence> revoked;
  };

  void read_stream(const Store& store, Sequence last, TreeSize size);

  std::string origin_;
  std::map<proof::KeyId, Registered> keys_;
};

}  // namespace ledger

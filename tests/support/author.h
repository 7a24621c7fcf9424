// People who sign events in tests, with keys that anyone can make again.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/proof/key.h"

namespace test {

class Author {
 public:
  Author(std::string_view name, std::uint8_t seed, std::string_view origin = "ledger.example/test");

  const ledger::proof::VerifierKey& key() const { return key_.verifier(); }

  std::string id() const;  // 8 hex digits
  // Lines that bring the key into a ledger and out of force. An empty dealer is none.
  std::string enrolment(std::string_view role, std::string_view dealer = {},
                        std::string_view valid_from = "2017-01-01") const;
  std::string revocation() const;
  // The line, signed for the ledger of this author's origin.
  std::string sign(std::string_view line) const;

 private:
  ledger::proof::SigningKey key_;
  std::string origin_;
};

// A line of the outside form of 2017-03-01; `more` goes among the attributes.
std::string event_line(std::string_view id, std::string_view type, std::string_view subject,
                       std::string_view data, std::string_view more = {});

}  // namespace test

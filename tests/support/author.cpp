#include "tests/support/author.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "ledger/line_signer.h"
#include "ledger/proof/base64.h"

namespace test {
namespace {

ledger::proof::SigningKey key_of(std::string_view name, std::uint8_t number) {
  ledger::proof::ed25519::Seed seed{};
  seed.front() = std::byte{number};
  auto key = ledger::proof::SigningKey::of(name, seed);
  REQUIRE(key);
  return *std::move(key);
}

}  // namespace

Author::Author(std::string_view name, std::uint8_t seed, std::string_view origin)
    : key_(key_of(name, seed)), origin_(origin) {
}

std::string Author::id() const {
  return fmt::format("{:08x}", key().id().value);
}

std::string Author::enrolment(std::string_view role, std::string_view dealer,
                              std::string_view valid_from) const {
  const auto of_dealer = dealer.empty() ? "" : fmt::format(R"("dealer":"{}",)", dealer);
  return event_line(
      id() + "-enrolled", "key.enrolled", "key/" + id(),
      fmt::format(
          R"({{"key":"{}","public_key":"{}","holder":"{}","role":"{}",{}"valid_from":"{}"}})", id(),
          ledger::proof::encode_base64(key().public_key()), key().name(), role, of_dealer,
          valid_from));
}

std::string Author::revocation() const {
  return event_line(id() + "-revoked", "key.revoked", "key/" + id(),
                    fmt::format(R"({{"key":"{}","reason":"lost"}})", id()));
}

std::string Author::sign(std::string_view line) const {
  ledger::LineSigner signer(key_, origin_, [](std::span<std::byte> salt) -> ledger::Status {
    for (auto& byte : salt) byte = std::byte{0x5A};
    return ledger::Ok{};
  });
  const auto outcome = signer.sign(line);
  if (!outcome) FAIL(outcome.error().message.en);
  if (const auto* refusal = std::get_if<ledger::Refusal>(&*outcome)) {
    FAIL(refusal->message().en);
  }
  return std::get<std::string>(*outcome);
}

std::string event_line(std::string_view id, std::string_view type, std::string_view subject,
                       std::string_view data, std::string_view more) {
  return fmt::format(R"({{"specversion":"1.0","id":"{}","source":"hq","type":"{}","subject":"{}",)"
                     R"("time":"2017-03-01T09:00:00+08:00"{},"data":{}}})",
                     id, type, subject, more, data);
}

}  // namespace test

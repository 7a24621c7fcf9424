// Ledgers that seal, and events that name persons, for tests.
#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/log.h"
#include "ledger/vault.h"
#include "tests/ledger/sample.h"

namespace ledger::test {

// The key of the vaults of `sealed_log`.
VaultKey sample_vault_key();

// The log of a ledger that seals, made first if there is none. Its clock ticks.
std::unique_ptr<Log> sealed_log(const std::filesystem::path& directory);

// Events in the outside form: of a vehicle, a natural customer, and the dealer D001.
std::string registration(std::string_view id, std::string_view owner, std::string_view plate);
std::string taxi(std::string_view id, std::string_view customer, std::string_view name,
                 std::string_view phone);
std::string manager(std::string_view id, std::string_view verb, std::string_view name);
// Any event: `data` is what stands between its braces.
std::string event_line(std::string_view id, std::string_view type, std::string_view subject,
                       std::string_view data);

Result<Appended> append(Log& log, const std::vector<std::string>& lines);

// Every event of the log as JSON, opened as far as `vault` opens it; null opens nothing.
std::vector<std::string> shown(const Reader& reader, const Vault* vault);
// Whose the sealed values of one entry are.
std::string person_in(const Reader& reader, std::uint64_t index);
// The files under the directories whose bytes hold `text`.
std::vector<std::string> files_with(const std::vector<std::filesystem::path>& directories,
                                    std::string_view text);

}  // namespace ledger::test

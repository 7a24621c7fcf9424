#include "cli/verify_mentions.h"

#include "cli/hex.h"
#include "ledger/mention_audit.h"
#include "ledger/proof/mention_statement.h"
#include "ledger/proof/prover.h"

namespace cli {

namespace proof = ledger::proof;
using Where = proof::PublishedFinding::Where;

ledger::Result<PublishedMentions> verify_mentions(
    proof::PublishedFiles& files, const TrustedCheckpoint& trusted,
    const std::function<void(const proof::PublishedFinding&)>& found) {
  const auto& newest = trusted.checkpoint.tree;
  const auto differs = [&](std::string expected, std::string got) {
    found({Where::checkpoint, std::nullopt, std::move(expected), std::move(got)});
    return PublishedMentions{};
  };
  const auto note = files.read(std::string(proof::mentions_path));
  if (!note && note.error().code == ledger::ErrorCode::not_found) return PublishedMentions{};
  if (!note && note.error().code == ledger::ErrorCode::unavailable) return note.error();
  const auto statement = note ? proof::open_mention_statement(ledger::text_of(*note),
                                                              trusted.log.key, trusted.log.origin)
                              : ledger::Result<proof::MentionStatement>(note.error());
  if (!statement) return differs("a statement of mentions, signed", statement.error().message);

  const auto size = statement->log.size;
  const auto over = "statement of mentions over " + std::to_string(size.value) + " entries";
  if (size > newest.size) {
    return differs(over, "a log with " + std::to_string(newest.size.value));
  }
  proof::PublishedTiles tiles(files, newest.size);
  const auto root = proof::root_at(tiles, size);
  if (!root || *root != statement->log.root) {
    return differs(over + ", root of the log " + hex(statement->log.root),
                   root ? "root " + hex(*root) : root.error().message);
  }
  const auto map = ledger::mentions_root(files, size, newest.size);
  if (!map && map.error().code == ledger::ErrorCode::unavailable) return map.error();
  if (!map) return differs(over, map.error().message);
  if (!*map) return PublishedMentions{std::nullopt, size};
  if (**map == statement->map) return PublishedMentions{size, std::nullopt};
  return differs(over + ", root " + hex(statement->map),
                 "root " + hex(**map) + ": the signed map leaves out or adds an event");
}

}  // namespace cli

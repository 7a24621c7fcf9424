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
  const auto differs = [&](ledger::Message expected, ledger::Message got) {
    found({Where::checkpoint, std::nullopt, std::move(expected), std::move(got)});
    return PublishedMentions{};
  };
  const auto note = files.read(std::string(proof::mentions_path));
  if (!note && note.error().code == ledger::ErrorCode::not_found) return PublishedMentions{};
  if (!note && note.error().code == ledger::ErrorCode::unavailable) return note.error();
  const auto statement = note ? proof::open_mention_statement(ledger::text_of(*note),
                                                              trusted.log.key, trusted.log.origin)
                              : ledger::Result<proof::MentionStatement>(note.error());
  if (!statement) {
    return differs({"a statement of mentions, signed", "已签名的提及索引声明"},
                   statement.error().message);
  }

  const auto size = statement->log.size;
  const auto over = [size] {
    return ledger::worded("statement of mentions over {} entries", "针对 {} 个条目的提及索引声明",
                          size.value);
  };
  if (size > newest.size) {
    return differs(over(),
                   ledger::worded("a log with {}", "含 {} 个条目的日志", newest.size.value));
  }
  proof::PublishedTiles tiles(files, newest.size);
  const auto root = proof::root_at(tiles, size);
  if (!root || *root != statement->log.root) {
    return differs(
        ledger::worded("{}, root of the log {}", "{}，日志的根哈希 {}", over(),
                       hex(statement->log.root)),
        root ? ledger::worded("root {}", "根哈希 {}", hex(*root)) : root.error().message);
  }
  const auto map = ledger::mentions_root(files, size, newest.size);
  if (!map && map.error().code == ledger::ErrorCode::unavailable) return map.error();
  if (!map) return differs(over(), map.error().message);
  if (!*map) return PublishedMentions{std::nullopt, size};
  if (**map == statement->map) return PublishedMentions{size, std::nullopt};
  return differs(ledger::worded("{}, root {}", "{}，根哈希 {}", over(), hex(statement->map)),
                 ledger::worded("root {}: the signed map leaves out or adds an event",
                                "根哈希 {}：所签的提及索引遗漏或添加了事件", hex(**map)));
}

}  // namespace cli

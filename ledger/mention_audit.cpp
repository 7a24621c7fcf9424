#include "ledger/mention_audit.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "ledger/base/message.h"
#include "ledger/codec.h"
#include "ledger/durable_file.h"
#include "ledger/finding.h"
#include "ledger/frame_cursor.h"
#include "ledger/frame_walk.h"
#include "ledger/mention.h"
#include "ledger/proof/bundle.h"
#include "ledger/proof/mention_map.h"
#include "ledger/proof/tile.h"

namespace ledger {
namespace {

void add_mentions(const Entry& entry, proof::MentionMap& map) {
  for (const auto id : mentions_of(entry)) map.add(id, entry.index);
}

// Entries of a bundle stand anywhere; an event is read where it is aligned.
class AlignedEntry {
 public:
  Result<Entry> decode(Sequence index, Bytes bytes) {
    words_.resize((bytes.size() + 7) / 8);
    std::memcpy(words_.data(), bytes.data(), bytes.size());
    return ledger::decode(index, std::as_bytes(std::span(words_)).first(bytes.size()));
  }

 private:
  std::vector<std::uint64_t> words_;
};

Finding differing(Message expected, Message found) {
  return {Finding::Where::checkpoint, std::nullopt, std::move(expected), std::move(found), {}, {}};
}

}  // namespace

std::optional<proof::MentionStatement> signed_mentions(const OpenLedger& ledger,
                                                       std::vector<Finding>& findings) {
  const auto note = read_file(ledger.paths.mentions);
  if (!note && note.error().code == ErrorCode::not_found) return std::nullopt;
  const auto opened =
      note ? proof::open_mention_statement(*note, ledger.verifier, ledger.config.origin)
           : Result<proof::MentionStatement>(note.error());
  if (!opened) {
    findings.push_back(
        differing({"a statement of mentions with a good signature", "签名有效的提及索引声明"},
                  opened.error().message));
    return std::nullopt;
  }
  if (opened->log.size <= ledger.head.size()) return *opened;
  findings.push_back(
      differing(worded("statement of mentions of a log with {} entries",
                       "含 {} 个条目的日志的提及索引声明", opened->log.size.value),
                worded("a log with {}", "含 {} 个条目的日志", ledger.head.size().value)));
  return std::nullopt;
}

std::optional<TreeSize> audit_mentions(const Store& store, const proof::MentionStatement& statement,
                                       std::vector<Finding>& findings) {
  const auto root = mentions_root(store, statement.log.size);
  if (root == statement.map) return statement.log.size;
  findings.push_back(
      differing(worded("statement of mentions over {} entries, root {}",
                       "针对 {} 个条目的提及索引声明，根哈希 {}", statement.log.size.value,
                       hex_of(statement.map)),
                root ? worded("root {}: the signed map leaves out or adds an event",
                              "根哈希 {}：所签的提及索引遗漏或添加了事件", hex_of(*root))
                     : Message("a root that cannot be recomputed", "无法重算的根哈希")));
  return std::nullopt;
}

std::optional<Hash> mentions_root(const Store& store, TreeSize size) {
  proof::MentionMap map;
  bool whole = true;
  const auto take = [&](const FrameView& frame) {
    const auto count = std::min<std::uint64_t>(frame.count(), size.value - frame.first().value);
    for (std::uint32_t position = 0; position < count; ++position) {
      const auto entry = entry_at(frame, position);
      whole = whole && entry;
      if (entry) add_mentions(*entry, map);
    }
  };
  walk_frames(
      store, Sequence{0}, size,
      {take, [&whole](Sequence, TreeSize, const Message&) { whole = false; }, [](Bytes) {}});
  return whole ? std::optional(map.root()) : std::nullopt;
}

Result<std::optional<Hash>> mentions_root(proof::PublishedFiles& files, TreeSize size,
                                          TreeSize published) {
  proof::MentionMap map;
  AlignedEntry aligned;
  for (std::uint64_t first = 0; first < size.value; first += proof::tile_width_max) {
    const proof::BundleId id{first / proof::tile_width_max};
    const auto file = read_bundle_file(files, id, proof::tile_width({0, id.number}, published));
    if (!file && file.error().code == ErrorCode::not_found) return std::optional<Hash>();
    if (!file) return file.error();
    const auto entries = TRY(proof::parse_bundle(file->bytes, file->width));
    const auto count = std::min<std::uint64_t>(entries.size(), size.value - first);
    for (std::uint64_t position = 0; position < count; ++position) {
      const auto entry = TRY(aligned.decode(Sequence{first + position}, entries[position]));
      add_mentions(entry, map);
    }
  }
  return std::optional(map.root());
}

}  // namespace ledger

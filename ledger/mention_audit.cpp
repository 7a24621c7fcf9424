#include "ledger/mention_audit.h"

#include <algorithm>
#include <cstring>
#include <vector>

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

Finding differing(std::string expected, std::string found) {
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
        differing("a statement of mentions with a good signature", opened.error().message));
    return std::nullopt;
  }
  if (opened->log.size <= ledger.head.size()) return *opened;
  findings.push_back(differing(
      "statement of mentions of a log with " + std::to_string(opened->log.size.value) + " entries",
      "a log with " + std::to_string(ledger.head.size().value)));
  return std::nullopt;
}

std::optional<TreeSize> audit_mentions(const Store& store, const proof::MentionStatement& statement,
                                       std::vector<Finding>& findings) {
  const auto root = mentions_root(store, statement.log.size);
  if (root == statement.map) return statement.log.size;
  findings.push_back(
      differing("statement of mentions over " + std::to_string(statement.log.size.value) +
                    " entries, root " + hex_of(statement.map),
                root ? "root " + hex_of(*root) + ": the signed map leaves out or adds an event"
                     : "a root that cannot be recomputed"));
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
      {take, [&whole](Sequence, TreeSize, const std::string&) { whole = false; }, [](Bytes) {}});
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

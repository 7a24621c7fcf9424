#include "ledger/evidence.h"

#include <algorithm>
#include <string>
#include <utility>

#include "ledger/base/message.h"
#include "ledger/byte_order.h"
#include "ledger/codec.h"
#include "ledger/frame_walk.h"
#include "ledger/idempotency_key.h"
#include "ledger/index_tail.h"
#include "ledger/open_ledger.h"
#include "ledger/stored_tree.h"

namespace ledger {

Result<Evidence> Evidence::open(const std::filesystem::path& directory) {
  return Evidence(TRY(open_ledger(directory, Store::Mode::read)));
}

Evidence::Evidence(std::shared_ptr<const OpenLedger> ledger)
    : ledger_(std::move(ledger)),
      tail_(std::make_shared<const IndexTail>(*ledger_->store, ledger_->head.size())) {
}

TreeSize Evidence::size() const {
  return ledger_->head.size();
}

const proof::VerifierKey& Evidence::verifier() const {
  return ledger_->verifier;
}

void Evidence::scan(Sequence first, TreeSize end,
                    const std::function<void(const StoredEntry&)>& visit) const {
  const auto last = std::min(end, size());
  if (first.value >= last.value) return;
  const auto take = [&](const FrameView& frame) {
    for (std::uint32_t position = 0; position < frame.count(); ++position) {
      const Sequence index{frame.first().value + position};
      if (index < first || index.value >= last.value) continue;
      visit({index, frame.entry(position), frame.entry_intact(position)});
    }
  };
  walk_frames(*ledger_->store, Sequence{first.value / frame_entries_max * frame_entries_max}, last,
              {take, [](Sequence, TreeSize, const Message&) {}, [](Bytes) {}});
}

std::optional<std::vector<std::byte>> Evidence::entry(Sequence index) const {
  std::optional<std::vector<std::byte>> bytes;
  scan(index, TreeSize{index.value + 1},
       [&](const StoredEntry& stored) { bytes.emplace(stored.bytes.begin(), stored.bytes.end()); });
  return bytes;
}

Result<std::optional<Sequence>> Evidence::find(std::string_view source, std::string_view id) const {
  const auto key = idempotency_key(source, id);
  if (const auto tail = tail_->read()) {
    if (const auto found = (*tail)->find(HashedKey(key))) return found;
  }
  const auto value = TRY(ledger_->store->get(Table::idempotency, bytes_of(key)));
  if (!value || value->size() != sizeof(std::uint64_t)) return std::optional<Sequence>();
  const Sequence index{load_little<std::uint64_t>(bytes_of(*value), 0)};
  const auto bytes = entry(index);
  if (!bytes) return std::optional<Sequence>();
  const auto event = decode(index, *bytes);
  std::string own;
  if (event) append_idempotency_key(*event->event, own);
  return own == key ? std::optional(index) : std::nullopt;
}

Result<proof::Checkpoint> Evidence::checkpoint(const proof::VerifierKey& key) const {
  if (ledger_->high_water.empty()) {
    return Error{ErrorCode::corrupt,
                 worded("there is no {}", "没有 {}", ledger_->paths.high_water.string())};
  }
  return proof::open_checkpoint(ledger_->high_water, key, key.name());
}

std::unique_ptr<proof::TileReader> Evidence::tiles() const {
  return std::make_unique<StoredTree>(*ledger_->store);
}

}  // namespace ledger

#include "ledger/reader.h"

#include <algorithm>
#include <utility>

#include "ledger/base/check.h"
#include "ledger/base/message.h"
#include "ledger/byte_order.h"
#include "ledger/frame_cursor.h"
#include "ledger/frame_scan.h"
#include "ledger/idempotency_key.h"
#include "ledger/index_row.h"
#include "ledger/index_tail.h"
#include "ledger/open_ledger.h"
#include "ledger/proof/hash.h"
#include "ledger/proof/prover.h"
#include "ledger/proof/tile.h"
#include "ledger/read_ahead.h"
#include "ledger/selection_filter.h"
#include "ledger/stored_tree.h"

namespace ledger {
namespace {

constexpr std::int64_t no_previous = -1;

std::uint32_t position_in(const FrameView& frame, std::uint64_t index) {
  return static_cast<std::uint32_t>(index - frame.first().value);
}

Status visit_all(const FrameCopy& copy, const SelectionFilter& filter,
                 const std::function<Status(const Entry&)>& visit) {
  for (auto index = copy.from; copy.frame && index < copy.end; ++index) {
    const auto entry = TRY(entry_at(*copy.frame, position_in(*copy.frame, index)));
    if (filter.wants(entry)) TRY(visit(entry));
  }
  return copy.status;
}

}  // namespace

Result<Reader> Reader::open(const std::filesystem::path& directory) {
  auto ledger = TRY(open_ledger(directory, Store::Mode::read));
  TRY(check_high_water(*ledger));
  const auto size = ledger->head.size();
  return Reader(std::move(ledger), size);
}

Reader::Reader(std::shared_ptr<const OpenLedger> ledger, TreeSize size)
    : ledger_(std::move(ledger)),
      tail_(std::make_shared<const IndexTail>(*ledger_->store, size)),
      size_(size) {
}

TreeSize Reader::size() const {
  return size_;
}

Reader Reader::at(TreeSize size) const {
  auto view = *this;
  view.size_ = std::min(size, size_);
  return view;
}

Status Reader::scan(const Selection& selection,
                    const std::function<Status(const Entry&)>& visit) const {
  const SelectionFilter filter(selection);
  FrameScan frames(*ledger_->store, selection, size_);
  FrameCopy copy;
  do {
    frames.load(copy);
    TRY(visit_all(copy, filter, visit));
  } while (!copy.last);
  return Ok{};
}

Status Reader::scan_ahead(const Selection& selection,
                          const std::function<Status(const Entry&)>& visit) const {
  const SelectionFilter filter(selection);
  ReadAhead frames(FrameScan(*ledger_->store, selection, size_));
  for (;;) {
    const auto& copy = frames.next();
    TRY(visit_all(copy, filter, visit));
    if (copy.last) return Ok{};
  }
}

Status Reader::read(Sequence index, const std::function<Status(const Entry&)>& use) const {
  return read_each({index}, use);
}

Status Reader::read_each(const std::vector<Sequence>& indexes,
                         const std::function<Status(const Entry&)>& use) const {
  if (indexes.empty()) return Ok{};
  if (indexes.back().value >= size_.value) {
    return Error{ErrorCode::not_found,
                 worded("there is no entry {}; the log has {}", "没有条目 {}；日志共有 {} 个",
                        indexes.back().value, size_.value)};
  }
  FrameCursor cursor(*ledger_->store, Store::Pattern::few);
  std::optional<FrameView> frame;
  for (const auto index : indexes) {
    if (!frame || index.value >= frame->end().value) {
      TRY(cursor.seek(index));
      frame = cursor.load();
    }
    const auto entry = TRY(entry_at(*frame, position_in(*frame, index.value)));
    TRY(use(entry));
  }
  return Ok{};
}

Result<std::optional<Sequence>> Reader::find(std::string_view source, std::string_view id) const {
  const auto key = idempotency_key(source, id);
  auto index = TRY(tail_->read())->find(HashedKey(key));
  if (!index) index = TRY(look_up(*ledger_->store, Table::idempotency, key));
  if (index && index->value >= size_.value) index.reset();
  return index;
}

// From the newest entry back, by the index that each entry gives of the one before. The
// newest may lie beyond this view.
Result<std::vector<Sequence>> Reader::stream(std::string_view subject) const {
  std::vector<Sequence> indexes;
  auto index = TRY(tail_->read())->last_of(HashedKey(subject));
  if (!index) index = TRY(look_up(*ledger_->store, Table::streams, subject));
  FrameCursor cursor(*ledger_->store, Store::Pattern::few);
  while (index) {
    TRY(cursor.seek(*index));
    const auto frame = cursor.load();
    const auto entry = TRY(entry_at(frame, position_in(frame, index->value)));
    const auto previous = entry.event->previous();
    if (entry.event->subject()->string_view() != subject ||
        previous >= static_cast<std::int64_t>(index->value)) {
      return Error{ErrorCode::corrupt,
                   worded("entry {} does not belong in the stream {}; run `tally verify`",
                          "条目 {} 不属于流 {}；请运行 `tally verify`", index->value, subject)};
    }
    if (index->value < size_.value) indexes.push_back(entry.index);
    index.reset();
    if (previous != no_previous) index = Sequence{static_cast<std::uint64_t>(previous)};
  }
  std::reverse(indexes.begin(), indexes.end());
  return indexes;
}

Result<Hash> Reader::root() const {
  if (size_ == ledger_->head.size()) return ledger_->head.frontier.root();
  StoredTree tiles(*ledger_->store);
  return proof::root_at(tiles, size_);
}

Result<std::vector<Hash>> Reader::tile(proof::TileId tile) const {
  const auto width = tile.level <= proof::tile_level_max ? proof::tile_width(tile, size_) : 0;
  if (width == 0) {
    return Error{ErrorCode::not_found,
                 worded("a log of {} entries has no such tile: level {}, number {}",
                        "{} 个条目的日志没有此瓦片：第 {} 层，编号 {}", size_.value, tile.level,
                        tile.number)};
  }
  return StoredTree(*ledger_->store).read(tile, width);
}

bool Reader::is_sealed() const {
  return ledger_->config.sealed;
}

Result<std::unique_ptr<Vault>> Reader::vault(const std::optional<VaultKey>& key) const {
  return open_vault(*ledger_, key, Vault::Mode::read);
}

std::string Reader::origin() const {
  return ledger_->config.origin;
}

std::string Reader::verifier_key() const {
  return ledger_->config.verifier_key;
}

Result<std::optional<std::string>> Reader::checkpoint() const {
  auto cursor = ledger_->store->cursor(Table::checkpoints, Store::Pattern::few);
  cursor.seek_back(big_endian(size_.value));
  TRY(cursor.status());
  if (!cursor.valid()) return std::optional<std::string>();
  return std::optional(std::string(text_of(cursor.value())));
}

}  // namespace ledger

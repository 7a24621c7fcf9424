#include "ledger/frame_cursor.h"

#include <cstring>

#include "ledger/base/check.h"
#include "ledger/base/message.h"
#include "ledger/byte_order.h"
#include "ledger/codec.h"

namespace ledger {

FrameCursor::FrameCursor(const Store& store, Store::Pattern pattern)
    : cursor_(store.cursor(Table::frames, pattern)) {
}

Status FrameCursor::seek(Sequence index) {
  if (stored_ && stored_->first() <= index && index.value < stored_->end().value) return Ok{};
  cursor_.seek_back(big_endian(index.value));
  return take(index);
}

Status FrameCursor::next() {
  const Sequence wanted{stored_->end().value};
  cursor_.next();
  return take(wanted);
}

FrameView FrameCursor::load(std::vector<std::uint64_t>& words) const {
  const auto stored = stored_->bytes();
  words.resize(stored.size() / sizeof(std::uint64_t));
  std::memcpy(words.data(), stored.data(), stored.size());
  auto view = FrameView::parse(stored_->first(), std::as_bytes(std::span(words)));
  check(static_cast<bool>(view), "the copy of a sound frame is sound");
  return *view;
}

Status FrameCursor::take(Sequence wanted) {
  stored_.reset();
  TRY(cursor_.status());
  if (cursor_.valid() && cursor_.key().size() == sizeof(std::uint64_t)) {
    stored_ = TRY(FrameView::parse(Sequence{load_big(cursor_.key())}, cursor_.value()));
    if (stored_->first() <= wanted && wanted.value < stored_->end().value) return Ok{};
    stored_.reset();
  }
  return Error{
      ErrorCode::corrupt,
      worded("no frame holds entry {}; run `tally verify`, and keep this directory as evidence",
             "没有帧含有条目 {}；请运行 `tally verify`，并保留此目录作为证据", wanted.value)};
}

Result<Entry> entry_at(const FrameView& frame, std::uint32_t position) {
  const Sequence index{frame.first().value + position};
  if (!frame.entry_intact(position)) {
    return Error{
        ErrorCode::corrupt,
        worded("entry {} does not fit its checksum; run `tally verify`, and keep this directory as "
               "evidence",
               "条目 {} 与其校验和不符；请运行 `tally verify`，并保留此目录作为证据", index.value)};
  }
  return decode(index, frame.entry(position));
}

}  // namespace ledger

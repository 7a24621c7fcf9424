#include "ledger/frame_scan.h"

#include <algorithm>

namespace ledger {

FrameScan::FrameScan(const Store& store, const Selection& selection, TreeSize size)
    : filter_(selection),
      end_(std::min(selection.to, size).value),
      next_(selection.from.value),
      cursor_(store, Store::Pattern::scan) {
}

void FrameScan::load(FrameCopy& copy) {
  copy.frame.reset();
  copy.status = Ok{};
  while (copy.status && !copy.frame && next_ < end_) copy.status = take(copy);
  copy.last = !copy.status || next_ >= end_;
}

Status FrameScan::take(FrameCopy& copy) {
  TRY(standing_ ? cursor_.next() : cursor_.seek(Sequence{next_}));
  standing_ = true;
  copy.from = next_;
  copy.end = next_ = std::min(cursor_.stored().end().value, end_);
  if (filter_.wants(cursor_.stored())) copy.frame = cursor_.load(copy.words);
  return Ok{};
}

}  // namespace ledger

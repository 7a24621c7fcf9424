#include "ledger/read_ahead.h"

#include <utility>

namespace ledger {

ReadAhead::ReadAhead(FrameScan scan) : scan_(std::move(scan)), reader_([this] { read(); }) {
}

ReadAhead::~ReadAhead() {
  stopped_ = true;
  empty_.release();
  reader_.join();
}

const FrameCopy& ReadAhead::next() {
  if (in_use_) empty_.release();
  full_.acquire();
  in_use_ = true;
  return copies_[next_++ % copies_max];
}

void ReadAhead::read() {
  for (std::size_t at = 0;; ++at) {
    empty_.acquire();
    if (stopped_) return;
    auto& copy = copies_[at % copies_max];
    scan_.load(copy);
    const bool last = copy.last;  // once handed over, the copy may be used and given back
    full_.release();
    if (last) return;
  }
}

}  // namespace ledger

#include "ledger/frame_walk.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <vector>

#include "ledger/byte_order.h"

namespace ledger {
namespace {

class Walk {
 public:
  Walk(const Store& store, Sequence first, TreeSize end, const FrameVisitor& visitor)
      : cursor_(store.cursor(Table::frames, Store::Pattern::scan)),
        next_(first.value),
        end_(end.value),
        visitor_(visitor) {}

  void run() {
    cursor_.seek(big_endian(next_));
    while (next_ < end_) {
      if (cursor_.valid()) {
        if (!take()) return;
        cursor_.next();
      } else if (const auto status = cursor_.status(); !status) {
        skip_damage(status.error().message);
      } else {
        leave_gap(end_);
      }
    }
    // What still lies in the range lies inside its last frame.
    for (; cursor_.valid() && take(); cursor_.next()) {
    }
  }

 private:
  // Deals with the record under the cursor; false when it lies beyond the range.
  bool take() {
    const auto key = cursor_.key();
    if (key.size() != sizeof(std::uint64_t)) {
      visitor_.stranger(key);
      return true;
    }
    const auto first = load_big(key);
    if (first >= end_) {
      leave_gap(end_);
      return false;
    }
    if (first < next_) {  // inside another frame
      visitor_.stranger(key);
      return true;
    }
    if (first > next_) leave_gap(first);
    const auto stored = cursor_.value();
    words_.resize((stored.size() + 7) / 8);
    std::memcpy(words_.data(), stored.data(), stored.size());
    const auto copy = std::as_bytes(std::span(words_)).first(stored.size());
    const auto frame = FrameView::parse(Sequence{first}, copy);
    if (!frame) {
      why_ = frame.error().message;  // the gap ends where the next sound frame begins
    } else {
      visitor_.frame(*frame);
      next_ = frame->end().value;
      why_.reset();
    }
    return true;
  }

  // The database cannot read on here: go on after the next multiple of 256.
  void skip_damage(const Message& why) {
    const auto resume = std::min(end_, (next_ / frame_entries_max + 1) * frame_entries_max);
    why_ = why;
    leave_gap(resume);
    cursor_.seek(big_endian(next_));
  }

  void leave_gap(std::uint64_t end) {
    if (next_ < end) {
      visitor_.gap(Sequence{next_}, TreeSize{end},
                   why_ ? *why_ : Message("there is no frame", "没有帧"));
    }
    next_ = end;
    why_.reset();
  }

  Cursor cursor_;
  std::uint64_t next_;
  std::uint64_t end_;
  const FrameVisitor& visitor_;
  std::vector<std::uint64_t> words_;
  std::optional<Message> why_;  // what is wrong with the record at `next_`
};

}  // namespace

void walk_frames(const Store& store, Sequence first, TreeSize end, const FrameVisitor& visitor) {
  Walk(store, first, end, visitor).run();
}

}  // namespace ledger

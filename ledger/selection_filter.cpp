#include "ledger/selection_filter.h"

namespace ledger {

SelectionFilter::SelectionFilter(const Selection& selection) : selection_(selection) {
  if (selection.types) types_ = type_set(*selection.types);
}

bool SelectionFilter::wants(const FrameView& frame) const {
  if (types_ && !frame.holds_any(*types_)) return false;
  if (selection_.time_from && frame.time_highest() < *selection_.time_from) return false;
  return !selection_.time_to || frame.time_lowest() < *selection_.time_to;
}

bool SelectionFilter::wants(const Entry& entry) const {
  if (selection_.types && !(*selection_.types)[entry.event->type()]) return false;
  const auto time = entry.event->time()->ns();
  if (selection_.time_from && time < *selection_.time_from) return false;
  return !selection_.time_to || time < *selection_.time_to;
}

}  // namespace ledger

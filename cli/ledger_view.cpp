#include "cli/ledger_view.h"

#include "cli/ledger_access.h"
#include "ledger/open_ledger.h"

namespace cli {

ledger::Result<LedgerView> LedgerView::open(const Arguments& arguments, Console& console) {
  LedgerView view;
  view.whole_ = std::make_unique<ledger::Reader>(TRY(open_reader(arguments, console)));
  view.cut_ = {arguments.number("--known-at"), arguments.date("--effective-at")};
  view.from_scratch_ = arguments.has(from_scratch);
  auto reader = *view.whole_;
  if (view.cut_.known_at) reader = reader.at({*view.cut_.known_at});
  view.reader_ = std::make_unique<ledger::Reader>(std::move(reader));
  view.source_ = std::make_unique<projections::LogSource>(*view.reader_);
  const auto cache = ledger::LedgerPaths(arguments.data).cache;
  view.cache_ = std::make_unique<projections::ComponentCache>(cache, *view.whole_);
  view.row_cache_ = std::make_unique<projections::RowCache>(cache, *view.whole_, *view.cache_);
  return view;
}

ledger::Result<projections::Answer> LedgerView::rows(projections::ReadModel model) const {
  return row_cache_->answer(model, *source_, threads_default);
}

ledger::Result<bool> LedgerView::hand_out_rows(
    projections::ReadModel model, const std::function<void(std::string_view)>& use) const {
  return row_cache_->hand_out(model, *source_, threads_default, use);
}

ledger::Status LedgerView::use_components(
    projections::JoinedBy joined,
    const std::function<ledger::Status(const projections::Components&)>& use) const {
  if (!from_scratch_) return cache_->use(*source_, joined, use);
  return use(TRY(projections::Components::of(*source_)));
}

}  // namespace cli

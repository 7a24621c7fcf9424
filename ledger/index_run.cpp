#include "ledger/index_run.h"

#include <span>

#include "ledger/index_reach.h"

namespace ledger {
namespace {

Status put_sorted(const KeyIndex& rows, Table table, Ingestion& ingestion) {
  for (const auto& [key, index] : rows.sorted()) {
    TRY(ingestion.put(table, bytes_of(key), std::as_bytes(std::span(&index.value, 1))));
  }
  return Ok{};
}

}  // namespace

void IndexRun::start() {
  if (written_.valid()) return;
  // Where no thread can be started, `finish` writes.
  written_ =
      std::async(std::launch::async | std::launch::deferred, [this] { return write(); }).share();
}

bool IndexRun::is_done() const {
  return written_.valid() &&
         written_.wait_for(std::chrono::seconds(0)) != std::future_status::timeout;
}

Status IndexRun::finish() {
  start();
  return written_.get();
}

Status IndexRun::write() const {
  Ingestion rows(store_);
  TRY(put_sorted(index_.keys(), Table::idempotency, rows));
  TRY(put_sorted(index_.streams(), Table::streams, rows));
  TRY(put_index_reach(index_.end(), rows));
  return store_.ingest(std::move(rows));
}

}  // namespace ledger

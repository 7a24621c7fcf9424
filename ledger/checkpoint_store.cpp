#include "ledger/checkpoint_store.h"

#include "ledger/base/message.h"
#include "ledger/byte_order.h"
#include "ledger/durable_file.h"
#include "ledger/proof/checkpoint.h"
#include "ledger/store.h"

namespace ledger {

CheckpointStore::CheckpointStore(const OpenLedger& ledger, const proof::SigningKey& key)
    : ledger_(ledger), key_(key), high_water_(ledger.high_water) {
}

Result<std::string> CheckpointStore::sign(const std::function<Head()>& head) {
  const std::lock_guard lock(mutex_);
  const auto signed_head = head();
  const auto stored_key = big_endian(signed_head.size().value);
  auto note = TRY(ledger_.store->get(Table::checkpoints, stored_key));
  if (!note) {
    const proof::Checkpoint checkpoint{
        ledger_.config.origin, {signed_head.size(), signed_head.frontier.root()}, {}};
    note = proof::sign_note(proof::format(checkpoint), {&key_, 1});
    TRY(store(stored_key, *note));
  }
  TRY(keep_high_water(*note));
  return *std::move(note);
}

Result<std::string> CheckpointStore::add_cosignatures(const proof::Note& note) {
  const std::lock_guard lock(mutex_);
  const auto size = TRY(proof::parse_checkpoint(note.text)).tree.size;
  const auto stored_key = big_endian(size.value);
  const auto stored = TRY(ledger_.store->get(Table::checkpoints, stored_key));
  const auto parsed =
      stored ? proof::parse_note(*stored) : Result<proof::Note>(Error{ErrorCode::not_found, {}});
  if (!parsed || parsed->text != note.text) {
    return Error{ErrorCode::not_found, worded("this log signed no such checkpoint of size {}",
                                              "本日志未曾签署规模 {} 的此检查点", size.value)};
  }
  const auto grown = TRY(proof::add_signatures(*parsed, note.signatures));
  if (grown != *stored) TRY(store(stored_key, grown));
  // The older of two checkpoints does not become the high water.
  if (*stored == high_water_) TRY(keep_high_water(grown));
  return grown;
}

Status CheckpointStore::store(Bytes stored_key, const std::string& note) {
  WriteGroup writes(*ledger_.store);
  writes.put(Table::checkpoints, stored_key, bytes_of(note));
  return ledger_.store->write(std::move(writes));
}

Status CheckpointStore::keep_high_water(const std::string& note) {
  if (note == high_water_) return Ok{};
  TRY(replace_file(ledger_.paths.high_water, note, FileAccess::everyone));
  high_water_ = note;
  return Ok{};
}

}  // namespace ledger

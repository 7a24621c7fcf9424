#include "ledger/sequencer.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

#include "ledger/append_refusals.h"
#include "ledger/codec.h"
#include "ledger/frame_cursor.h"
#include "ledger/idempotency_key.h"
#include "ledger/index_reach.h"
#include "ledger/stored_tree.h"

namespace ledger {
namespace {

// How far ahead of their lookup keys are fetched into the processor's caches.
constexpr std::size_t keys_ahead = 8;

std::int64_t system_clock_ns() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

// Whether the event is at fault, so that the next one may still be looked at.
bool is_refusal(const Error& error) {
  return error.code == ErrorCode::invalid || error.code == ErrorCode::conflict;
}

// One error out of those of single events: the first, with the others after it.
void refuse(std::size_t position, Error error, std::optional<Error>& all) {
  error.position = position;
  if (all) {
    all->further.push_back(std::move(error));
  } else {
    all = std::move(error);
  }
}

}  // namespace

Result<std::unique_ptr<Sequencer>> Sequencer::resume(const OpenLedger& ledger, Log::Options options,
                                                     Vault* vault) {
  StoredTree tiles(*ledger.store);
  auto tree = TRY(GrowingTree::resume(ledger.head.frontier, tiles));
  const auto size = ledger.head.size();
  const auto reach = TRY(read_index_reach(*ledger.store));
  if (reach > size) {
    return Error{ErrorCode::corrupt,
                 worded("the index tables reach to entry {} of a log with {}; run `tally verify`",
                        "索引表延伸到条目 {}，而日志只有 {} 条；请运行 `tally verify`", reach.value,
                        size.value)};
  }
  auto pending = TRY(PendingIndex::read(*ledger.store, reach, size));
  return std::unique_ptr<Sequencer>(
      new Sequencer(ledger, std::move(options), std::move(tree), std::move(pending), vault));
}

Sequencer::Sequencer(const OpenLedger& ledger, Log::Options options, GrowingTree tree,
                     PendingIndex pending, Vault* vault)
    : ledger_(ledger),
      options_(std::move(options)),
      tree_(std::move(tree)),
      head_(ledger.head),
      tables_(*ledger.store, pending.begin()),
      pending_(std::move(pending)) {
  if (!options_.now_ns) options_.now_ns = system_clock_ns;
  if (vault != nullptr) sealer_.emplace(*vault);
}

void Sequencer::begin_group(std::vector<const Batch*> batches) {
  std::size_t byte_count_max = 0;
  std::size_t event_count_max = 0;
  for (const auto* batch : batches) {
    byte_count_max += batch->byte_count();
    event_count_max += batch->count();
  }
  if (sealer_) {
    byte_count_max += Sealer::growth_max(event_count_max);
    sealer_->persons().begin_group();
  }
  group_ = std::make_shared<Group>(Sequence{head_.size().value}, byte_count_max);
  // One question for all is cheaper. Where it fails each batch asks for itself, so that only
  // those fail that it concerns.
  known_together_ = static_cast<bool>(look_up(std::move(batches)));
}

Status Sequencer::look_up(std::vector<const Batch*> batches) {
  return known_.look_up(tables_, std::move(batches),
                        [this](const HashedKey& subject) { return last_on_its_way(subject); });
}

Result<std::span<const KnownRow>> Sequencer::known_of(const Batch& batch) {
  if (!known_together_) TRY(look_up({&batch}));
  return known_.of(batch);
}

Result<Appended> Sequencer::sequence(const Batch& batch, const Signers& signers) {
  const auto before = size();
  if (batch.expected_size && *batch.expected_size != before) {
    return Error{ErrorCode::conflict,
                 worded("the log has {} events, expected were {}; read on and decide again",
                        "日志有 {} 个事件，预期为 {}；请读完后再作决定", before.value,
                        batch.expected_size->value)};
  }
  const auto known = TRY(known_of(batch));
  pending_.mark();
  const auto keys_before = sealer_ ? sealer_->persons().mark() : 0;
  auto appended = enter_all(batch, known, signers);
  if (!appended) {
    group_->shrink_to(before);
    if (sealer_) sealer_->persons().shrink_to(keys_before);
    pending_.take_back();
  }
  return appended;
}

Sequencer::Sealed Sequencer::seal_group() {
  WriteGroup writes(*ledger_.store, group_->byte_count());
  group_->seal(tree_, head_, writes);
  on_their_way_.push_back(group_);
  return {std::exchange(group_, nullptr), head_, std::move(writes),
          sealer_ ? sealer_->persons().end_group() : nullptr, follow_run()};
}

// Between two groups, so that no lookup asks the database before a run is written and the run
// after it is gone.
Status Sequencer::follow_run() {
  if (run_ && run_->is_done()) {
    TRY(run_->finish());
    tables_.add(run_->index());
    run_.reset();
  }
  if (!run_ && pending_.count() >= options_.index_run_entries) {
    run_ = std::make_unique<IndexRun>(*ledger_.store,
                                      std::exchange(pending_, PendingIndex(pending_.end())));
  }
  return Ok{};
}

void Sequencer::forget_first(Outcome outcome) {
  const bool durable = outcome == Outcome::durable;
  if (durable && run_ && on_their_way_.front()->end() >= run_->index().end()) run_->start();
  on_their_way_.pop_front();
  if (sealer_) sealer_->persons().forget_first();
}

Status Sequencer::write_index() {
  if (run_) {
    TRY(run_->finish());
    run_.reset();
  }
  if (pending_.count() == 0) return Ok{};
  return IndexRun(*ledger_.store, std::exchange(pending_, PendingIndex(pending_.end()))).finish();
}

// After a refusal the rest of the batch is looked at all the same, so that whoever corrects
// it learns everything at once. A refused event stays in the group until the whole batch is
// taken out again: what refers to it is not refused for that.
Result<Appended> Sequencer::enter_all(const Batch& batch, std::span<const KnownRow> known,
                                      const Signers& signers) {
  Appended appended;
  std::optional<Error> refused;
  appended.indexes.reserve(batch.count());
  for (std::size_t position = 0; position < batch.count(); ++position) {
    if (position + keys_ahead < batch.count()) {
      const auto& key = known[position + keys_ahead].key;
      pending_.prefetch(key);
      if (run_) run_->index().prefetch(key);
    }
    const auto event = batch_entry(batch, position);
    const auto& row = known[position];
    auto first = on_its_way(row.key);
    if (!first) first = row.first;
    Status entered = Ok{};
    if (first) {
      entered = repeat(event, *first);
      appended.indexes.push_back(*first);
    } else {
      // An earlier event of the group may have come after the lookup.
      auto previous = pending_.last_of(row.subject);
      if (!previous) previous = row.previous;
      appended.indexes.push_back(Sequence{size().value});
      signed_by_ = position < signers.size() ? signers[position] : std::nullopt;
      entered = enter(event, row.key, row.subject, previous);
      ++appended.added;
    }
    if (entered) continue;
    if (!is_refusal(entered.error())) return entered.error();
    refuse(position, std::move(entered).error(), refused);
  }
  if (refused) return *std::move(refused);
  appended.size = size();
  return appended;
}

// Adds the event, whether it may enter or not.
Status Sequencer::enter(const Entry& event, const HashedKey& key, const HashedKey& subject,
                        std::optional<Sequence> previous) {
  const auto now = clock();
  auto admitted = admit(event, now);
  if (sealer_ && admitted) {
    lookup_failure_.reset();
    const auto sealed = sealer_->seal(event, Sequence{size().value}, *this);
    if (lookup_failure_) return *lookup_failure_;
    group_->add(sealed ? *sealed : event.bytes, now, previous);
    pending_.add(key, subject);
    if (!sealed) return sealed.error();
  } else {
    group_->add(event.bytes, now, previous);
    pending_.add(key, subject);
  }
  return admitted;
}

// Admission sees the event as it will stand in the log, but not among what came before.
Status Sequencer::admit(const Entry& event, std::int64_t now) {
  const auto* recorded = event.event->recorded();
  if (recorded != nullptr && recorded->ns() - ledger_.config.clock_tolerance_ns > now) {
    return Error{ErrorCode::invalid,
                 recorded_too_late(*event.event, now + ledger_.config.clock_tolerance_ns)};
  }
  if (!options_.admission) return Ok{};
  lookup_failure_.reset();
  const Entry standing{Sequence{size().value}, event.bytes, event.event};
  TRY(options_.admission(standing, *this));
  if (lookup_failure_) return *lookup_failure_;
  return Ok{};
}

Status Sequencer::repeat(const Entry& event, Sequence first) const {
  bool same = false;
  const auto compare = [&](const Entry& stored) -> Status {
    same = TRY(is_repeat(stored, event));
    return Ok{};
  };
  TRY(read(first, compare));
  if (same) return Ok{};
  return Error{ErrorCode::conflict, id_taken(*event.event, first)};
}

Result<bool> Sequencer::is_repeat(const Entry& stored, const Entry& event) const {
  if (!sealer_) return same_content(stored, event);
  std::optional<Error> failed;
  const bool same = same_content(
      stored, event,
      [&](const FieldRule& field, const schema::Personal& sealed, std::string_view value) {
        const auto told = sealer_->is_same(stored, field, sealed, value);
        if (!told) failed = told.error();
        return told && *told;
      });
  if (failed) return *failed;
  return same;
}

// Read for each event, so that equal times in the log tell of a clock that was behind.
std::int64_t Sequencer::clock() {
  std::int64_t last = head_.appended_ns;
  if (size().value > group_->first().value) {
    last = group_->entry(Sequence{size().value - 1}).event->appended_ns();
  }
  return std::max(options_.now_ns(), last);
}

template <class Look>
std::optional<Sequence> Sequencer::newest(Look look) const {
  auto found = look(pending_);
  if (!found && run_) found = look(run_->index());
  return found;
}

std::optional<Sequence> Sequencer::on_its_way(const HashedKey& key) const {
  return newest([&key](const PendingIndex& rows) { return rows.find(key); });
}

std::optional<Sequence> Sequencer::last_on_its_way(const HashedKey& subject) const {
  return newest([&subject](const PendingIndex& rows) { return rows.last_of(subject); });
}

std::optional<Sequence> Sequencer::find(std::string_view source, std::string_view id) const {
  const auto text = idempotency_key(source, id);
  const HashedKey key(text);
  if (const auto found = on_its_way(key)) return found;
  auto committed = tables_.look_up(Table::idempotency, key);
  if (committed) return *committed;
  lookup_failure_ = committed.error();
  return std::nullopt;
}

std::optional<Sequence> Sequencer::last_of(std::string_view subject) const {
  const HashedKey key(subject);
  if (const auto found = last_on_its_way(key)) return found;
  auto committed = tables_.look_up(Table::streams, key);
  if (committed) return *committed;
  lookup_failure_ = committed.error();
  return std::nullopt;
}

std::vector<std::string> Sequencer::subjects(std::string_view beginning) const {
  std::set<std::string> found;
  auto cursor = ledger_.store->cursor(Table::streams, Store::Pattern::few);
  for (cursor.seek(bytes_of(beginning)); cursor.valid(); cursor.next()) {
    const auto subject = text_of(cursor.key());
    if (!subject.starts_with(beginning)) break;
    found.emplace(subject);
  }
  if (const auto status = cursor.status(); !status) lookup_failure_ = status.error();
  const auto add = [&found](std::string_view subject, Sequence) { found.emplace(subject); };
  if (run_) run_->index().each_stream(beginning, add);
  pending_.each_stream(beginning, add);
  return {found.begin(), found.end()};
}

Status Sequencer::read(Sequence index, const std::function<Status(const Entry&)>& use) const {
  if (index.value >= size().value) {
    return Error{ErrorCode::not_found, worded("there is no entry {}", "没有条目 {}", index.value)};
  }
  if (group_->holds(index)) return use(group_->entry(index));
  for (const auto& group : on_their_way_) {
    if (group->holds(index)) return use(group->entry(index));
  }
  FrameCursor cursor(*ledger_.store, Store::Pattern::few);
  TRY(cursor.seek(index));
  const auto frame = cursor.load();
  const auto entry =
      TRY(entry_at(frame, static_cast<std::uint32_t>(index.value - frame.first().value)));
  return use(entry);
}

}  // namespace ledger

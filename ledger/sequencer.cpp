#include "ledger/sequencer.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "ledger/base/time.h"
#include "ledger/byte_order.h"
#include "ledger/codec.h"
#include "ledger/frame_cursor.h"
#include "ledger/stored_tree.h"

namespace ledger {
namespace {

// The entries of a batch were verified when it was submitted.
Entry entry_of(const Batch& batch, std::size_t position) {
  const auto bytes = batch.entry(position);
  return {Sequence{}, bytes, flatbuffers::GetRoot<schema::Event>(bytes.data())};
}

std::int64_t system_clock_ns() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

Result<std::optional<Sequence>> parse_index(const std::optional<std::string>& value) {
  if (!value) return std::optional<Sequence>();
  if (value->size() != sizeof(std::uint64_t)) {
    return Error{ErrorCode::corrupt, "an index table holds " + std::to_string(value->size()) +
                                         " bytes where 8 belong; run `tally verify`"};
  }
  return std::optional(Sequence{load_little<std::uint64_t>(bytes_of(*value), 0)});
}

Result<std::vector<std::optional<Sequence>>> look_up_each(const Store& store, Table table,
                                                          std::span<const Bytes> keys) {
  std::vector<std::optional<Sequence>> indexes;
  for (const auto& value : TRY(store.get_each(table, keys))) {
    indexes.push_back(TRY(parse_index(value)));
  }
  return indexes;
}

std::string name_of(const schema::Event& event) {
  std::string name;
  append_idempotency_key(event, name);
  return name;
}

// The error, if there is one, says which event of its batch is at fault.
Status blaming(std::size_t position, Status status) {
  if (status) return status;
  auto error = std::move(status).error();
  error.position = position;
  return error;
}

}  // namespace

Result<std::unique_ptr<Sequencer>> Sequencer::resume(const OpenLedger& ledger,
                                                     Log::Options options) {
  StoredTree tiles(*ledger.store);
  auto tree = TRY(GrowingTree::resume(ledger.head.frontier, tiles));
  return std::unique_ptr<Sequencer>(new Sequencer(ledger, std::move(options), std::move(tree)));
}

Sequencer::Sequencer(const OpenLedger& ledger, Log::Options options, GrowingTree tree)
    : ledger_(ledger), options_(std::move(options)), tree_(std::move(tree)), head_(ledger.head) {
  if (!options_.now_ns) options_.now_ns = system_clock_ns;
}

void Sequencer::begin_group(std::size_t byte_count_max) {
  group_ = std::make_shared<Group>(Sequence{head_.size().value}, byte_count_max);
}

Result<Appended> Sequencer::sequence(const Batch& batch) {
  const auto before = size();
  if (batch.expected_size && *batch.expected_size != before) {
    return Error{ErrorCode::conflict,
                 "the log has " + std::to_string(before.value) + " events, expected were " +
                     std::to_string(batch.expected_size->value) + "; read on and decide again"};
  }
  const auto known = TRY(look_up(batch));
  auto appended = enter_all(batch, known);
  if (!appended) group_->shrink_to(before);
  return appended;
}

Sequencer::Sealed Sequencer::seal_group() {
  WriteGroup writes(*ledger_.store);
  group_->seal(tree_, head_, writes);
  on_their_way_.push_back(group_);
  return {std::exchange(group_, nullptr), head_, std::move(writes)};
}

Result<Sequencer::Known> Sequencer::look_up(const Batch& batch) const {
  Known known;
  std::vector<Bytes> keys;
  std::vector<Bytes> subjects;
  known.keys.reserve(batch.count());
  keys.reserve(batch.count());
  subjects.reserve(batch.count());
  for (std::size_t position = 0; position < batch.count(); ++position) {
    const auto* event = entry_of(batch, position).event;
    known.keys.push_back(name_of(*event));
    keys.push_back(bytes_of(known.keys.back()));
    subjects.push_back(bytes_of(event->subject()->string_view()));
  }
  known.firsts = TRY(look_up_each(*ledger_.store, Table::idempotency, keys));
  known.previous = TRY(look_up_each(*ledger_.store, Table::streams, subjects));
  return known;
}

Result<Appended> Sequencer::enter_all(const Batch& batch, const Known& known) {
  Appended appended;
  appended.indexes.reserve(batch.count());
  for (std::size_t position = 0; position < batch.count(); ++position) {
    const auto event = entry_of(batch, position);
    auto first = on_its_way(known.keys[position]);
    if (!first) first = known.firsts[position];
    if (first) {
      TRY(blaming(position, repeat(event, *first)));
      appended.indexes.push_back(*first);
      continue;
    }
    auto previous = last_on_its_way(event.event->subject()->string_view());
    if (!previous) previous = known.previous[position];
    appended.indexes.push_back(Sequence{size().value});
    TRY(blaming(position, enter(event, previous)));
    ++appended.added;
  }
  appended.size = size();
  return appended;
}

// Admission sees the event as it will stand in the log, but not among what came before.
Status Sequencer::enter(const Entry& event, std::optional<Sequence> previous) {
  const auto now = clock();
  const auto* recorded = event.event->recorded();
  if (recorded != nullptr && recorded->ns() - ledger_.config.clock_tolerance_ns > now) {
    return Error{ErrorCode::invalid,
                 "recordedtime: got " + to_string_utc(recorded->ns()) + ", wanted at most " +
                     to_string_utc(now + ledger_.config.clock_tolerance_ns) +
                     ", the ledger's clock and its tolerance; set the clocks right"};
  }
  if (options_.admission) {
    lookup_failure_.reset();
    const Entry standing{Sequence{size().value}, event.bytes, event.event};
    TRY(options_.admission(standing, *this));
    if (lookup_failure_) return *lookup_failure_;
  }
  group_->add(event.bytes, now, previous);
  return Ok{};
}

Status Sequencer::repeat(const Entry& event, Sequence first) const {
  bool same = false;
  TRY(read(first, [&](const Entry& stored) -> Status {
    same = same_content(stored, event);
    return Ok{};
  }));
  if (same) return Ok{};
  return Error{ErrorCode::conflict,
               "id: got " + name_of(*event.event) + ", which stands at index " +
                   std::to_string(first.value) +
                   " with other content, wanted an id of its own; to correct that event, void it"};
}

// Read for each event, so that equal times in the log tell of a clock that was behind.
std::int64_t Sequencer::clock() {
  std::int64_t last = head_.appended_ns;
  if (size().value > group_->first().value) {
    last = group_->entry(Sequence{size().value - 1}).event->appended_ns();
  }
  return std::max(options_.now_ns(), last);
}

std::optional<Sequence> Sequencer::on_its_way(std::string_view key) const {
  auto found = group_->find(key);
  for (auto group = on_their_way_.rbegin(); !found && group != on_their_way_.rend(); ++group) {
    found = (*group)->find(key);
  }
  return found;
}

std::optional<Sequence> Sequencer::last_on_its_way(std::string_view subject) const {
  auto found = group_->last_of(subject);
  for (auto group = on_their_way_.rbegin(); !found && group != on_their_way_.rend(); ++group) {
    found = (*group)->last_of(subject);
  }
  return found;
}

std::optional<Sequence> Sequencer::find(std::string_view source, std::string_view id) const {
  std::string key(source);
  key += '#';
  key += id;
  if (const auto found = on_its_way(key)) return found;
  const auto stored = bytes_of(key);
  auto committed = look_up_each(*ledger_.store, Table::idempotency, {&stored, 1});
  if (committed) return committed->front();
  lookup_failure_ = committed.error();
  return std::nullopt;
}

std::optional<Sequence> Sequencer::last_of(std::string_view subject) const {
  if (const auto found = last_on_its_way(subject)) return found;
  const auto stored = bytes_of(subject);
  auto committed = look_up_each(*ledger_.store, Table::streams, {&stored, 1});
  if (committed) return committed->front();
  lookup_failure_ = committed.error();
  return std::nullopt;
}

Status Sequencer::read(Sequence index, const std::function<Status(const Entry&)>& use) const {
  if (index.value >= size().value) {
    return Error{ErrorCode::not_found, "there is no entry " + std::to_string(index.value)};
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

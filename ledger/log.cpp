#include "ledger/log.h"

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <optional>
#include <utility>

#include "ledger/byte_order.h"
#include "ledger/codec.h"
#include "ledger/durable_file.h"
#include "ledger/open_ledger.h"
#include "ledger/proof/note.h"
#include "ledger/sequencer.h"
#include "ledger/worker.h"

namespace ledger {
namespace {

constexpr std::size_t group_events = 2'000;     // a group takes no further batch beyond this
constexpr std::size_t groups_on_their_way = 2;  // one is written while the next is prepared

using Done = std::function<void(Result<Appended>)>;

struct Submission {
  Batch batch;
  Done done;
};

// A submission that was decided, and is answered once its group is on disk.
struct Answer {
  Done done;
  Result<Appended> result;
};

Status check_entries(const Batch& batch) {
  for (std::size_t position = 0; position < batch.count(); ++position) {
    const auto bytes = batch.entry(position);
    const auto entry = decode(Sequence{}, bytes);
    if (!entry || bytes.size() > entry_bytes_max ||
        entry->event->source()->string_view().find('#') != std::string_view::npos) {
      return Error{ErrorCode::invalid,
                   "event " + std::to_string(position) + " of the batch is no entry: " +
                       (entry ? "its source holds a # or it is longer than 65535 bytes"
                              : entry.error().message)};
    }
  }
  return Ok{};
}

}  // namespace

// Two threads: the sequencer decides and hashes the next group while the committer
// writes and syncs this one.
class Log::Impl {
 public:
  Impl(std::shared_ptr<OpenLedger> ledger, const proof::SigningKey& key,
       std::unique_ptr<Sequencer> sequencer, Options options)
      : ledger_(std::move(ledger)),
        key_(key),
        options_(std::move(options)),
        sequencer_(std::move(sequencer)),
        committed_(ledger_->head),
        high_water_(ledger_->high_water) {}

  ~Impl();
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void submit(Batch batch, Done done);
  TreeSize size() const;
  Result<std::string> sign_checkpoint();

  Reader reader() const { return {ledger_, size()}; }

 private:
  void drain();
  std::deque<Submission> take_waiting();
  void commit(Sequencer::Sealed sealed, std::vector<Answer>& answers);
  Status write(Sequencer::Sealed sealed);
  void remind_to_sign();

  std::shared_ptr<OpenLedger> ledger_;
  proof::SigningKey key_;
  Options options_;
  std::unique_ptr<Sequencer> sequencer_;  // the sequencing thread's

  mutable std::mutex mutex_;  // guards all down to the next blank line
  std::condition_variable changed_;
  std::deque<Submission> waiting_;
  bool draining_ = false;
  std::size_t on_their_way_ = 0;  // groups sealed and not yet answered
  std::size_t landed_ = 0;        // groups written that the sequencer has not forgotten
  Head committed_;
  std::optional<Error> broken_;  // why nothing more is accepted

  std::mutex signing_;      // one checkpoint at a time, so that they never go back
  std::string high_water_;  // as the file has it; guarded by `signing_`

  bool reminded_ = false;  // the committing thread's: a checkpoint is due

  Worker committing_;
  Worker sequencing_;
};

Log::Impl::~Impl() {
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return waiting_.empty() && !draining_ && on_their_way_ == 0; });
  }
  if (broken_) return;
  // There is nobody left to tell; the next opening finds an unsigned tail, and no loss.
  if (options_.force_checkpoint_at_close) static_cast<void>(sign_checkpoint());
  static_cast<void>(ledger_->store->flush());
}

void Log::Impl::submit(Batch batch, Done done) {
  auto sound = check_entries(batch);
  const std::lock_guard lock(mutex_);
  if (!sound || broken_) {
    auto error = broken_ ? *broken_ : sound.error();
    committing_.post([done = std::move(done), error = std::move(error)] { done(error); });
    return;
  }
  waiting_.push_back({std::move(batch), std::move(done)});
  if (std::exchange(draining_, true)) return;
  sequencing_.post([this] { drain(); });
}

TreeSize Log::Impl::size() const {
  const std::lock_guard lock(mutex_);
  return committed_.size();
}

// Puts one group together. Waiting for room first, and only then looking at what waits,
// is what makes groups grow under load.
void Log::Impl::drain() {
  auto taken = take_waiting();
  std::size_t byte_count = 0;
  for (const auto& submission : taken) byte_count += submission.batch.byte_count();
  sequencer_->begin_group(byte_count);
  std::vector<Answer> answers;
  answers.reserve(taken.size());
  for (auto& [batch, done] : taken) {
    answers.push_back({std::move(done), sequencer_->sequence(batch)});
  }
  // std::function wants copies, which a group of writes does not have.
  auto sealed = std::make_shared<Sequencer::Sealed>(sequencer_->seal_group());
  auto shared = std::make_shared<std::vector<Answer>>(std::move(answers));
  committing_.post([this, sealed, shared] { commit(std::move(*sealed), *shared); });

  const std::lock_guard lock(mutex_);
  draining_ = !waiting_.empty();
  if (draining_) sequencing_.post([this] { drain(); });
  changed_.notify_all();
}

std::deque<Submission> Log::Impl::take_waiting() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return on_their_way_ < groups_on_their_way; });
  ++on_their_way_;
  for (; landed_ > 0; --landed_) sequencer_->forget_first();
  std::deque<Submission> taken;
  for (std::size_t count = 0; !waiting_.empty() && count < group_events;) {
    count += waiting_.front().batch.count();
    taken.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  return taken;
}

void Log::Impl::commit(Sequencer::Sealed sealed, std::vector<Answer>& answers) {
  const auto written = write(std::move(sealed));
  for (auto& [done, result] : answers) {
    if (written) {
      done(std::move(result));
    } else {
      done(written.error());
    }
  }
  const std::lock_guard lock(mutex_);
  --on_their_way_;
  changed_.notify_all();
}

// Every answer waits for its group, also that nothing is new: what it refers to may
// itself be on its way.
Status Log::Impl::write(Sequencer::Sealed sealed) {
  {
    const std::lock_guard lock(mutex_);
    if (broken_) return *broken_;
  }
  const bool anything = sealed.group->end().value > sealed.group->first().value;
  auto written = anything ? ledger_->store->write(std::move(sealed.writes)) : Status(Ok{});
  const std::lock_guard lock(mutex_);
  if (!written) {
    broken_ =
        Error{ErrorCode::unavailable, "the log accepts nothing more, since a write failed: " +
                                          written.error().message + "; then open the ledger again"};
    return *broken_;
  }
  ++landed_;
  committed_ = sealed.head;
  if (anything) remind_to_sign();
  return written;
}

void Log::Impl::remind_to_sign() {
  if (std::exchange(reminded_, true)) return;
  committing_.post_after(options_.checkpoint_delay, [this] {
    reminded_ = false;
    // A failure shows again, and is reported, when the log is closed or asked to sign.
    static_cast<void>(sign_checkpoint());
  });
}

Result<std::string> Log::Impl::sign_checkpoint() {
  const std::lock_guard lock(signing_);
  const auto head = [this] {
    const std::lock_guard inner(mutex_);
    return committed_;
  }();
  const auto stored_key = big_endian(head.size().value);
  const auto root = head.frontier.root();
  auto& store = *ledger_->store;
  auto note = TRY(store.get(Table::checkpoints, stored_key));
  if (!note) {
    const proof::Checkpoint checkpoint{ledger_->config.origin, {head.size(), root}, {}};
    note = proof::sign_note(proof::format(checkpoint), {&key_, 1});
    WriteGroup writes(store);
    writes.put(Table::checkpoints, stored_key, bytes_of(*note));
    TRY(store.write(std::move(writes)));
  }
  if (*note != high_water_) {
    TRY(replace_file(ledger_->paths.high_water, *note, FileAccess::everyone));
    high_water_ = *note;
  }
  return *std::move(note);
}

Log::Log(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {
}

Log::~Log() = default;

Result<std::unique_ptr<Log>> Log::open(const std::filesystem::path& directory, Options options) {
  auto ledger = TRY(open_ledger(directory, Store::Mode::write));
  TRY(check_high_water(*ledger));
  const auto key = TRY(read_signing_key(*ledger));
  auto sequencer = TRY(Sequencer::resume(*ledger, options));
  auto impl =
      std::make_unique<Impl>(std::move(ledger), key, std::move(sequencer), std::move(options));
  return std::unique_ptr<Log>(new Log(std::move(impl)));
}

Result<std::string> Log::create(const std::filesystem::path& directory, std::string_view origin) {
  return create_ledger(directory, origin);
}

Result<Appended> Log::append(const Batch& batch) {
  std::promise<Result<Appended>> promise;
  auto answer = promise.get_future();
  impl_->submit(batch,
                [&promise](Result<Appended> result) { promise.set_value(std::move(result)); });
  return answer.get();
}

void Log::submit(Batch batch, std::function<void(Result<Appended>)> done) {
  impl_->submit(std::move(batch), std::move(done));
}

TreeSize Log::size() const {
  return impl_->size();
}

Result<std::string> Log::sign_checkpoint() {
  return impl_->sign_checkpoint();
}

Reader Log::reader() const {
  return impl_->reader();
}

}  // namespace ledger

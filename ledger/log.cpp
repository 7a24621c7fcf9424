#include "ledger/log.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

#include "ledger/author_key.h"
#include "ledger/author_signers.h"
#include "ledger/checkpoint_store.h"
#include "ledger/codec.h"
#include "ledger/open_ledger.h"
#include "ledger/sequencer.h"
#include "ledger/submission_queue.h"
#include "ledger/worker.h"

namespace ledger {
namespace {

constexpr std::size_t group_events = 2'000;  // a group takes no further batch beyond this
// Groups on their way: one is written while the next is prepared. A small one waits for that,
// and grows meanwhile. A large one need not, so that a sync which takes long holds nobody up.
constexpr std::size_t groups_max = 2;
constexpr std::size_t large_groups_max = 8;
constexpr std::size_t large_group_events = 1'000;
// Of so many submissions half goes first where no group is on its way. Callers who all waited for
// one group come back together, so that nothing would be prepared while the next one is written.
constexpr std::size_t divided_min = 16;

using Done = std::function<void(Result<Appended>)>;

// A submission that was decided, and is answered once its group is on disk.
struct Answer {
  std::unique_ptr<Submission> submission;
  Result<Appended> result;
};

// The public key that was enrolled under that id, if the view holds its enrolment.
std::optional<proof::ed25519::PublicKey> enrolled_key(const Reader& view, proof::KeyId id) {
  const auto stream = view.stream(key_subject(id));
  if (!stream) return std::nullopt;
  std::optional<proof::ed25519::PublicKey> key;
  // What cannot be read is looked at again, and reported, by admission.
  static_cast<void>(view.read_each(*stream, [&](const Entry& entry) -> Status {
    if (entry.type() != EventType::KeyEnrolled || key) return Ok{};
    key = TRY(author_key_of(entry)).key.public_key();
    return Ok{};
  }));
  return key;
}

Status check_entries(const Batch& batch) {
  for (std::size_t position = 0; position < batch.count(); ++position) {
    const auto bytes = batch.entry(position);
    const auto entry = decode(Sequence{}, bytes);
    if (!entry || bytes.size() > entry_bytes_max ||
        entry->event->source()->string_view().find('#') != std::string_view::npos) {
      return Error{ErrorCode::invalid,
                   worded("event {} of the batch is no entry: {}", "批中位置 {} 的事件不是条目：{}",
                          position,
                          entry ? Message("its source holds a # or it is longer than 65535 bytes",
                                          "其 source 含有 #，或长度超过 65535 字节")
                                : entry.error().message)};
    }
  }
  return Ok{};
}

}  // namespace

// One group after the other is sequenced, and written in that order. Under load two threads
// share this: the sequencing one decides and hashes the next group while the committing one
// writes and syncs this one. Where nothing else waits, whoever sequences a group writes it
// too, and a caller who waits for its batch does both itself: a thread takes as long to wake
// as a disk to sync.
class Log::Impl {
 public:
  Impl(std::shared_ptr<OpenLedger> ledger, const proof::SigningKey& key,
       std::unique_ptr<Vault> vault, Options options, std::unique_ptr<Sequencer> sequencer)
      : ledger_(std::move(ledger)),
        checkpoints_(*ledger_, key),
        vault_(std::move(vault)),
        options_(std::move(options)),
        sequencer_(std::move(sequencer)),
        authors_(ledger_->config.origin,
                 [this](proof::KeyId id) { return enrolled_key(reader(), id); }),
        committed_(ledger_->head) {}

  ~Impl();
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Result<Appended> append(const Batch& batch);
  void submit(Batch batch, Done done, std::shared_ptr<Succession> succession);

  TreeSize size() const { return committed().size(); }

  Result<std::string> sign_checkpoint() {
    return checkpoints_.sign([this] { return committed(); });
  }

  Result<std::string> add_cosignatures(const proof::Note& note) {
    return checkpoints_.add_cosignatures(note);
  }

  Vault* vault() const { return vault_.get(); }

  Reader reader() const { return {ledger_, size()}; }

 private:
  Signers signers_of(const Batch& batch);
  std::optional<Error> broken_now() const;
  void drain();
  Result<Appended> decide(const Submission& submission);
  std::vector<std::unique_ptr<Submission>> take_waiting();
  bool is_quiet() const;
  void commit(Sequencer::Sealed sealed, std::vector<Answer>& answers);
  Status write(Sequencer::Sealed sealed);
  Status write_group(Sequencer::Sealed sealed);
  void remind_to_sign();
  Head committed() const;

  std::shared_ptr<OpenLedger> ledger_;
  CheckpointStore checkpoints_;
  std::unique_ptr<Vault> vault_;  // null where nothing is sealed
  Options options_;
  std::unique_ptr<Sequencer> sequencer_;  // of whoever drains
  AuthorSigners authors_;

  SubmissionQueue waiting_;

  mutable std::mutex mutex_;  // guards all down to the next blank line
  std::condition_variable changed_;
  std::size_t on_their_way_ = 0;  // groups sealed and not yet answered
  std::size_t landed_ = 0;        // groups answered that the sequencer has not forgotten
  Head committed_;
  bool reminded_ = false;        // a checkpoint will be signed without being asked for
  std::optional<Error> broken_;  // why nothing more is accepted

  Worker committing_;
  Worker sequencing_;
};

Log::Impl::~Impl() {
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return waiting_.is_idle() && on_their_way_ == 0; });
  }
  if (broken_) return;
  // There is nobody left to tell; the next opening finds an unsigned tail, and no loss.
  if (options_.force_checkpoint_at_close) static_cast<void>(sign_checkpoint());
  for (; landed_ > 0; --landed_) sequencer_->forget_first(Sequencer::Outcome::durable);
  // The next opening reads from the log what they lack then.
  static_cast<void>(sequencer_->write_index());
  static_cast<void>(ledger_->store->flush());
}

Result<Appended> Log::Impl::append(const Batch& batch) {
  TRY(check_entries(batch));
  std::optional<Result<Appended>> answer;
  std::atomic<bool> answered = false;
  auto& gate = waiting_.gate();
  auto submission = std::make_unique<Submission>();
  submission->batch = &batch;
  submission->signers = signers_of(batch);
  submission->done = [&answer, &answered](Result<Appended> result) {
    answer = std::move(result);
    answered.store(true, std::memory_order_release);
  };
  submission->gate = &gate;
  if (waiting_.add(std::move(submission))) drain();
  gate.wait(answered);
  return *std::move(answer);
}

void Log::Impl::submit(Batch batch, Done done, std::shared_ptr<Succession> succession) {
  auto submission = std::make_unique<Submission>();
  submission->own = std::move(batch);
  submission->batch = &submission->own;
  if (auto sound = check_entries(submission->own); !sound) {
    submission->flaw = std::move(sound).error();
  } else {
    submission->signers = signers_of(submission->own);
  }
  submission->done = std::move(done);
  submission->succession = std::move(succession);
  if (waiting_.add(std::move(submission))) sequencing_.post([this] { drain(); });
}

Signers Log::Impl::signers_of(const Batch& batch) {
  return options_.admission ? authors_.check(batch) : Signers{};
}

std::optional<Error> Log::Impl::broken_now() const {
  const std::lock_guard lock(mutex_);
  return broken_;
}

// Puts one group together. Waiting for room first, and only then looking at what waits,
// is what makes groups grow under load.
void Log::Impl::drain() {
  auto taken = take_waiting();
  const auto broken = broken_now();
  std::vector<const Batch*> sound;
  sound.reserve(taken.size());
  for (const auto& submission : taken) {
    if (!submission->flaw && !broken) sound.push_back(submission->batch);
  }
  sequencer_->begin_group(std::move(sound));
  std::vector<Answer> answers;
  answers.reserve(taken.size());
  for (auto& submission : taken) {
    auto result = broken ? Result<Appended>(*broken) : decide(*submission);
    answers.push_back({std::move(submission), std::move(result)});
  }
  auto sealed = sequencer_->seal_group();
  if (is_quiet()) {
    commit(std::move(sealed), answers);
  } else {
    // std::function wants copies, which a group of writes does not have.
    auto shared = std::make_shared<Sequencer::Sealed>(std::move(sealed));
    auto answered = std::make_shared<std::vector<Answer>>(std::move(answers));
    committing_.post([this, shared, answered] { commit(std::move(*shared), *answered); });
  }

  const std::lock_guard lock(mutex_);
  if (!waiting_.stop()) sequencing_.post([this] { drain(); });
  changed_.notify_all();
}

Result<Appended> Log::Impl::decide(const Submission& submission) {
  auto* const succession = submission.succession.get();
  if (succession != nullptr && succession->ended_) {
    return Error{ErrorCode::conflict,
                 Message("a batch that came before was not appended", "此前的一批未能追加")};
  }
  auto result = submission.flaw ? Result<Appended>(*submission.flaw)
                                : sequencer_->sequence(*submission.batch, submission.signers);
  if (succession != nullptr) succession->ended_ = !result;
  return result;
}

std::vector<std::unique_ptr<Submission>> Log::Impl::take_waiting() {
  const auto room = waiting_.holds(large_group_events) ? large_groups_max : groups_max;
  bool alone = false;
  std::size_t landed = 0;
  auto outcome = Sequencer::Outcome::durable;
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this, room] { return on_their_way_ < room; });
    alone = on_their_way_ == 0;
    ++on_their_way_;
    landed = std::exchange(landed_, 0);
    outcome = broken_ ? Sequencer::Outcome::failed : Sequencer::Outcome::durable;
  }
  for (; landed > 0; --landed) sequencer_->forget_first(outcome);
  SubmissionQueue::Enough enough{group_events};
  if (alone) {
    const auto count = waiting_.submission_count();
    if (count >= divided_min) enough.submissions = count / 2;
  }
  return waiting_.take(enough);
}

// No other group is on its way, and no submission waits that could be prepared meanwhile.
bool Log::Impl::is_quiet() const {
  const std::lock_guard lock(mutex_);
  return waiting_.is_empty() && on_their_way_ == 1;
}

void Log::Impl::commit(Sequencer::Sealed sealed, std::vector<Answer>& answers) {
  const auto written = write(std::move(sealed));
  std::vector<Gate*> gates;
  for (auto& [submission, result] : answers) {
    auto* const gate = submission->gate;
    if (gate != nullptr && (gates.empty() || gates.back() != gate)) gates.push_back(gate);
    submission->done(written ? std::move(result) : Result<Appended>(written.error()));
  }
  for (auto* gate : gates) gate->open();
  const std::lock_guard lock(mutex_);
  --on_their_way_;
  ++landed_;
  changed_.notify_all();
}

// Every answer waits for its group, also that nothing is new: what it refers to may
// itself be on its way.
Status Log::Impl::write(Sequencer::Sealed sealed) {
  if (const auto broken = broken_now()) return *broken;
  const bool anything = sealed.group->end().value > sealed.group->first().value;
  const auto head = sealed.head;
  auto written = anything ? write_group(std::move(sealed)) : std::move(sealed.indexed);
  const std::lock_guard lock(mutex_);
  if (!written) {
    broken_ =
        Error{ErrorCode::unavailable,
              worded("the log accepts nothing more, since a write failed: {}; then open the ledger "
                     "again",
                     "写入失败，日志不再接受任何内容：{}；处理后请重新打开账本",
                     written.error().message)};
    return *broken_;
  }
  committed_ = head;
  if (anything) remind_to_sign();
  return written;
}

// Keys first: an entry must never be there that nobody will ever open.
Status Log::Impl::write_group(Sequencer::Sealed sealed) {
  TRY(sealed.indexed);
  if (sealed.keys && sealed.keys->mark() > 0) TRY(vault_->write(*sealed.keys));
  return ledger_->store->write(std::move(sealed.writes));
}

// Under the lock. The timer is the committing thread's.
void Log::Impl::remind_to_sign() {
  if (std::exchange(reminded_, true)) return;
  committing_.post([this] {
    committing_.post_after(options_.checkpoint_delay, [this] {
      {
        const std::lock_guard lock(mutex_);
        reminded_ = false;
      }
      // A failure shows again, and is reported, when the log is closed or asked to sign.
      static_cast<void>(sign_checkpoint());
    });
  });
}

Head Log::Impl::committed() const {
  const std::lock_guard lock(mutex_);
  return committed_;
}

Log::Log(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {
}

Log::~Log() = default;

Result<std::unique_ptr<Log>> Log::open(const std::filesystem::path& directory, Options options) {
  auto ledger = TRY(open_ledger(directory, Store::Mode::write));
  TRY(check_high_water(*ledger));
  const auto key = TRY(read_signing_key(*ledger));
  std::unique_ptr<Vault> vault;
  if (ledger->config.sealed) {
    vault = TRY(open_vault(*ledger, options.vault_key, Vault::Mode::write));
  }
  auto sequencer = TRY(Sequencer::resume(*ledger, options, vault.get()));
  auto impl = std::make_unique<Impl>(std::move(ledger), key, std::move(vault), std::move(options),
                                     std::move(sequencer));
  return std::unique_ptr<Log>(new Log(std::move(impl)));
}

Result<std::string> Log::create(const std::filesystem::path& directory, std::string_view origin,
                                const std::optional<VaultKey>& vault_key) {
  return create_ledger(directory, origin, vault_key);
}

Result<Appended> Log::append(const Batch& batch) {
  return impl_->append(batch);
}

void Log::submit(Batch batch, std::function<void(Result<Appended>)> done,
                 std::shared_ptr<Succession> succession) {
  impl_->submit(std::move(batch), std::move(done), std::move(succession));
}

TreeSize Log::size() const {
  return impl_->size();
}

Result<std::string> Log::sign_checkpoint() {
  return impl_->sign_checkpoint();
}

Result<std::string> Log::add_cosignatures(const proof::Note& note) {
  return impl_->add_cosignatures(note);
}

Vault* Log::vault() const {
  return impl_->vault();
}

Reader Log::reader() const {
  return impl_->reader();
}

}  // namespace ledger

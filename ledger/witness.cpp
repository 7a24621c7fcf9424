#include "ledger/witness.h"

#include <algorithm>
#include <mutex>
#include <system_error>

#include "ledger/base/message.h"
#include "ledger/durable_file.h"
#include "ledger/proof/note.h"
#include "ledger/proof/text.h"
#include "ledger/proof/witness_judgement.h"
#include "ledger/random_bytes.h"
#include "ledger/witnessed_log.h"

namespace ledger {
namespace {

namespace fs = std::filesystem;
using proof::WitnessVerdict;

fs::path key_path(const fs::path& directory) {
  return directory / "witness.key";
}

fs::path logs_path(const fs::path& directory) {
  return directory / "logs";
}

Error unusable_state(const fs::path& path, const Message& what) {
  return {ErrorCode::corrupt,
          worded("{}: {}. A witness that lost its memory could sign two histories: retire this "
                 "one, and make another with a new key (tally witness init)",
                 "{}：{}。失去记忆的见证方可能签署两份历史：请停用此见证方，"
                 "并以新密钥另建一个（tally witness init）",
                 path.string(), what)};
}

Error cannot_make(const fs::path& directory, const std::error_code& error) {
  return {ErrorCode::unavailable,
          worded("cannot make {}: {}; check the permissions", "无法新建 {}：{}；请检查权限",
                 directory.string(), error.message())};
}

Status check_free(const fs::path& directory) {
  std::error_code ignored;
  for (const auto& taken : {key_path(directory), logs_path(directory), directory / "config.toml",
                            directory / "signing.key"}) {
    if (!fs::exists(taken, ignored)) continue;
    return Error{
        ErrorCode::conflict,
        worded(
            "{} is there already, wanted a directory without a witness or a ledger; choose another",
            "{} 已存在，应为不含见证方或账本的目录；请另选目录", taken.string())};
  }
  return Ok{};
}

Result<proof::CosigningKey> read_key(const fs::path& directory) {
  auto text = read_file(key_path(directory));
  if (!text && text.error().code == ErrorCode::not_found) {
    return Error{ErrorCode::not_found,
                 worded("there is no witness in {}; make one with `tally witness init`",
                        "{} 中没有见证方；可用 `tally witness init` 新建", directory.string())};
  }
  if (!text) return std::move(text).error();
  while (!text->empty() && text->back() == '\n') text->pop_back();
  auto key = proof::CosigningKey::parse(*text);
  if (!key) return unusable_state(key_path(directory), key.error().message);
  return key;
}

WitnessReply refusal(WitnessVerdict verdict, const std::string& reason) {
  return {static_cast<unsigned>(verdict), reason + "\n"};
}

}  // namespace

// One log that is watched. `answer` and `newest` may be called from any thread.
class Witness::Watch {
 public:
  Watch(fs::path path, WitnessedLog log)
      : path_(std::move(path)),
        origin_(log.origin),
        durable_(std::move(log)),
        known_(newest_tree(durable_)) {}

  const std::string& origin() const { return origin_; }

  WatchedLog state() const {
    const std::lock_guard lock(mutex_);
    return {durable_.origin, newest_tree(durable_)};
  }

  std::string newest() const {
    const std::lock_guard lock(mutex_);
    return durable_.checkpoint;
  }

  Status add_key(const proof::VerifierKey& key) {
    const std::lock_guard lock(mutex_);
    auto next = durable_;
    const auto same = [&](const auto& other) { return other.text() == key.text(); };
    if (std::none_of(next.keys.begin(), next.keys.end(), same)) next.keys.push_back(key);
    TRY(replace_file(path_, format(next), FileAccess::everyone));
    durable_ = std::move(next);
    return Ok{};
  }

  WitnessReply answer(std::string_view request, std::uint64_t seconds,
                      const proof::CosigningKey& key) {
    const std::lock_guard lock(mutex_);
    if (!known_) {
      return {500, "this witness cannot read what it signed; its operator has to look\n"};
    }
    auto judged = proof::judge_request(request, durable_.keys, *known_);
    if (judged.verdict == WitnessVerdict::stale) {
      return {static_cast<unsigned>(judged.verdict), std::to_string(known_->size.value) + "\n",
              "text/x.tlog.size"};
    }
    if (judged.verdict != WitnessVerdict::cosign) return refusal(judged.verdict, judged.reason);
    const auto signature = key.cosign(judged.note.text, seconds);
    judged.note.signatures.push_back(signature);
    auto next = durable_;
    next.checkpoint = proof::format(judged.note);
    const auto kept = replace_file(path_, format(next), FileAccess::everyone);
    if (!kept) {
      learn_from_disk(key.verifier());
      return {500,
              "nothing was signed, since it could not be kept: " + kept.error().message.en + "\n"};
    }
    durable_ = std::move(next);
    known_ = judged.tree;
    return {static_cast<unsigned>(judged.verdict), proof::format(signature)};
  }

 private:
  // After a failed write the file holds the old state or the new one, and perhaps not for long.
  // What it holds binds us from now on, and is not given out before a later write succeeds.
  void learn_from_disk(const proof::VerifierKey& witness) {
    known_ = std::nullopt;
    const auto text = read_file(path_);
    if (!text) return;
    const auto log = parse_witnessed_log(*text, witness);
    if (log) known_ = newest_tree(*log);
  }

  fs::path path_;
  std::string origin_;
  mutable std::mutex mutex_;              // guards what follows
  WitnessedLog durable_;                  // as it is on disk for sure
  std::optional<proof::TreeHead> known_;  // what the next checkpoint must continue; absent: lost
};

Witness::Witness(fs::path directory, const proof::CosigningKey& key, FileLock lock)
    : directory_(std::move(directory)), key_(key), lock_(std::move(lock)) {
}

Witness::~Witness() = default;

Result<std::string> Witness::create(const fs::path& directory, std::string_view name) {
  const auto key = TRY(proof::CosigningKey::of(name, random_bytes<sizeof(proof::ed25519::Seed)>()));
  TRY(check_free(directory));
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) return cannot_make(directory, error);
  // Of several at once, one makes it: the others would replace a key that was handed out.
  const auto lock = TRY(FileLock::take_folder(
      directory,
      worded("another process makes or runs a witness or a ledger in {}; choose another directory",
             "另有进程正在 {} 中新建或运行见证方或账本；请另选目录", directory.string())));
  TRY(check_free(directory));
  fs::create_directory(logs_path(directory), error);
  if (error) return cannot_make(directory, error);
  TRY(replace_file(key_path(directory), key.text() + "\n", FileAccess::owner_only));
  TRY(sync_directory(directory.parent_path()));
  return key.verifier().text();
}

Result<std::unique_ptr<Witness>> Witness::open(const fs::path& directory) {
  const auto key = TRY(read_key(directory));
  auto lock = TRY(FileLock::take_folder(
      directory, worded("another process runs the witness in {}; stop it first, since two could "
                        "sign two histories",
                        "另有进程正在运行 {} 中的见证方；请先将其停止，因为两者可能签署两份历史",
                        directory.string())));
  std::unique_ptr<Witness> witness(new Witness(directory, key, std::move(lock)));
  std::error_code error;
  for (fs::directory_iterator file(logs_path(directory), error), end; !error && file != end;
       file.increment(error)) {
    const auto& path = file->path();
    if (path.extension() == ".new") continue;  // of a write that did not come to its end
    const auto text = TRY(read_file(path));
    auto log = parse_witnessed_log(text, witness->key());
    if (!log) return unusable_state(path, log.error().message);
    if (path.filename() != file_name_of(log->origin)) {
      return unusable_state(path, worded("it is about {}, which belongs in the file {}",
                                         "其内容关于 {}，应在文件 {} 中",
                                         proof::quoted(log->origin), file_name_of(log->origin)));
    }
    witness->watches_.push_back(std::make_unique<Watch>(path, *std::move(log)));
  }
  if (error) return unusable_state(logs_path(directory), error.message());
  std::sort(witness->watches_.begin(), witness->watches_.end(),
            [](const auto& a, const auto& b) { return a->origin() < b->origin(); });
  return witness;
}

const proof::VerifierKey& Witness::key() const {
  return key_.verifier();
}

std::vector<WatchedLog> Witness::logs() const {
  std::vector<WatchedLog> logs;
  for (const auto& watch : watches_) logs.push_back(watch->state());
  return logs;
}

Status Witness::trust(const proof::VerifierKey& log, const std::string& origin) {
  if (log.type() != proof::KeyType::ed25519) {
    return Error{
        ErrorCode::invalid,
        worded("the key of {} is that of a witness (0x04), wanted a log's (0x01)",
               "{} 的公钥是见证方的（0x04），应为日志的（0x01）", proof::quoted(log.name()))};
  }
  if (origin.empty() || origin.find('\n') != std::string::npos || !proof::is_plain_text(origin)) {
    return Error{ErrorCode::invalid,
                 worded("a log cannot be named {}, wanted one line without control characters",
                        "日志不能命名为 {}，应为不含控制字符的一行", proof::quoted(origin))};
  }
  if (log.public_key() == key().public_key()) {
    return Error{
        ErrorCode::invalid,
        worded("this is the witness's own key under another name: a log cannot be its own witness",
               "这是见证方自己的公钥，只是名称不同：日志不能为自己见证")};
  }
  const auto at = std::lower_bound(
      watches_.begin(), watches_.end(), origin,
      [](const auto& watch, const std::string& wanted) { return watch->origin() < wanted; });
  if (at != watches_.end() && (*at)->origin() == origin) return (*at)->add_key(log);
  WitnessedLog record{origin, {log}};
  const auto path = logs_path(directory_) / file_name_of(origin);
  TRY(replace_file(path, format(record), FileAccess::everyone));
  watches_.insert(at, std::make_unique<Watch>(path, std::move(record)));
  return Ok{};
}

WitnessReply Witness::add_checkpoint(std::string_view request, std::uint64_t seconds) {
  const auto origin = proof::origin_of_request(request);
  if (!origin) {
    // The reason is the judge's, who reads no further.
    const auto judged = proof::judge_request(request, {}, {});
    return refusal(WitnessVerdict::malformed, judged.reason);
  }
  for (const auto& watch : watches_) {
    if (watch->origin() == *origin) return watch->answer(request, seconds, key_);
  }
  return refusal(WitnessVerdict::unknown_log,
                 "this witness does not watch a log named " + proof::quoted(*origin));
}

WitnessReply Witness::checkpoint(std::string_view origin_hash) const {
  for (const auto& watch : watches_) {
    if (file_name_of(watch->origin()) != origin_hash) continue;
    auto note = watch->newest();
    if (!note.empty()) return {200, std::move(note)};
    return refusal(WitnessVerdict::unknown_log, "nothing was cosigned of that log yet");
  }
  return refusal(WitnessVerdict::unknown_log, "this witness does not watch such a log");
}

}  // namespace ledger

#include "ledger/mention_index.h"

#include <algorithm>
#include <span>
#include <system_error>
#include <utility>

#include "ledger/base/message.h"
#include "ledger/durable_file.h"
#include "ledger/file_lock.h"
#include "ledger/mention_builder.h"
#include "ledger/open_ledger.h"
#include "ledger/proof/note.h"

namespace ledger {
namespace {

namespace fs = std::filesystem;
using proof::MentionPart;

constexpr std::string_view file_name = "mentions";

// A file whose map this ledger has signed, over the beginning of this log.
struct SignedFile {
  MentionFile file;
  proof::MentionStatement statement;
};

// What the cache has, if it can be built upon: nothing that anybody but the key's owner could have
// put there.
std::optional<SignedFile> signed_file(const fs::path& cache, const Reader& view) {
  auto file = MentionFile::open(cache / file_name);
  if (!file) return std::nullopt;
  const auto statement = open_mentions(file->statement(), view);
  if (!statement || part_over(file->parts()).hash != statement->map) return std::nullopt;
  return SignedFile{*std::move(file), *statement};
}

Result<FileLock> lock_cache(const fs::path& cache) {
  std::error_code code;
  fs::create_directories(cache, code);
  if (code) {
    return Error{
        ErrorCode::unavailable,
        worded("cannot make {}: {}; the map of mentions is kept there, check the permissions",
               "无法新建 {}：{}；提及索引存放于此，请检查权限", cache.string(), code.message())};
  }
  return FileLock::take(
      cache / "mentions.lock",
      worded("another run extends the map of mentions in {}; try again when it is done",
             "另有进程正在扩展 {} 中的提及索引；请待其完成后重试", cache.string()));
}

// The root over the view, from what the cache has or, where that does not read, from nothing.
Result<Hash> build(std::optional<MentionBuilder>& builder, const fs::path& cache,
                   const Reader& view, const MentionProgress& progress) {
  auto before = signed_file(cache, view);
  if (before) {
    builder.emplace(cache, MentionBase{std::move(before->file), before->statement.log.size});
    auto root = builder->run(view, progress);
    if (root || root.error().code != ErrorCode::corrupt) return root;
  }
  builder.emplace(cache, std::nullopt);
  return builder->run(view, progress);
}

Error not_its_root(const proof::MentionStatement& statement) {
  return {
      ErrorCode::corrupt,
      worded(
          "the signed map of mentions over {} entries is not what these entries lead to: it leaves "
          "out or adds an event. Keep the statement as evidence; `tally verify` says the same",
          "针对 {} 个条目的已签名提及索引与由这些条目推算的不同：它遗漏或多列了事件。"
          "请保留该声明作为证据；`tally verify` 会得到同样的结论",
          statement.log.size.value)};
}

// The file of a statement that was signed, made from the entries.
Result<MentionFile> rebuilt(const fs::path& cache, const Reader& view, const std::string& note,
                            const proof::MentionStatement& statement,
                            const MentionProgress& progress) {
  const auto lock = TRY(lock_cache(cache));
  std::optional<MentionBuilder> builder;
  if (TRY(build(builder, cache, view, progress)) != statement.map) {
    // Perhaps the cache is at fault, which nothing but its own root has vouched for.
    builder.emplace(cache, std::nullopt);
    if (TRY(builder->run(view, progress)) != statement.map) return not_its_root(statement);
  }
  TRY(builder->finish(note));
  return MentionFile::open(cache / file_name);
}

// The part of the path above the buckets. Leads to the bucket that decides.
class UpperPath {
 public:
  UpperPath(std::span<const MentionPart> parts, const Hash& key) : parts_(parts) {
    for (unsigned depth = 0; size_ > 1 && leaves(begin_, size_) > 1; ++depth) {
      size_ /= 2;
      const bool right = proof::key_bit(key, depth);
      const auto other = begin_ + (right ? 0 : size_);
      siblings_.push_back(part_over(parts_.subspan(other, size_)).hash);
      if (right) begin_ += size_;
    }
  }

  // Where one leaf is alone under the end of the path, its bucket; else the last of all.
  std::size_t bucket() const {
    for (auto number = begin_; number < begin_ + size_; ++number) {
      if (parts_[number].leaves != 0) return number;
    }
    return begin_;
  }

  void add_to(std::vector<Hash>& path) const {
    path.insert(path.end(), siblings_.rbegin(), siblings_.rend());
  }

 private:
  std::uint64_t leaves(std::size_t begin, std::size_t size) const {
    std::uint64_t sum = 0;
    for (const auto& part : parts_.subspan(begin, size)) sum += part.leaves;
    return sum;
  }

  std::span<const MentionPart> parts_;
  std::size_t begin_ = 0;
  std::size_t size_ = parts_.size();
  std::vector<Hash> siblings_;  // from the root down
};

}  // namespace

Result<std::optional<std::string>> mention_statement(const fs::path& directory) {
  auto note = read_file(LedgerPaths(directory).mentions);
  if (note) return std::optional(*std::move(note));
  if (note.error().code == ErrorCode::not_found) return std::optional<std::string>();
  return note.error();
}

Result<proof::MentionStatement> open_mentions(const std::string& note, const Reader& view) {
  const auto key = TRY(proof::VerifierKey::parse(view.verifier_key()));
  auto statement = TRY(proof::open_mention_statement(note, key, view.origin()));
  const auto size = statement.log.size;
  const bool reaches = size <= view.size();
  const auto root = TRY(view.at(size).root());
  if (!reaches || root != statement.log.root) {
    return Error{
        ErrorCode::corrupt,
        worded("the signed map of mentions is over {} entries that this log does not begin with",
               "已签名的提及索引针对 {} 个条目，而本日志并非以其开头", size.value)};
  }
  return statement;
}

Result<std::string> sign_mentions(const fs::path& directory, const Reader& view,
                                  const MentionProgress& progress) {
  const LedgerPaths paths(directory);
  const auto head = TRY(newest_signed_tree(view));
  const auto config = TRY(read_config(paths.config));
  const auto key = TRY(read_signing_key(paths, config));
  const auto lock = TRY(lock_cache(paths.cache));
  std::string note;
  if (const auto have = signed_file(paths.cache, view); have && have->statement.log == head.tree) {
    note = have->file.statement();
  } else {
    std::optional<MentionBuilder> builder;
    const auto root = TRY(build(builder, paths.cache, view.at(head.tree.size), progress));
    const auto text = format(proof::MentionStatement{view.origin(), head.tree, root});
    note = proof::sign_note(text, {&key, 1});
    TRY(builder->finish(note));
  }
  TRY(replace_file(paths.mentions, note, FileAccess::everyone));
  return note;
}

SubjectProver::SubjectProver(fs::path cache, Reader view, SignedTree head, std::string note,
                             proof::MentionStatement statement, MentionFile file)
    : cache_(std::move(cache)),
      view_(std::move(view)),
      head_(std::move(head)),
      note_(std::move(note)),
      statement_(std::move(statement)),
      file_(std::move(file)) {
}

Result<SubjectProver> SubjectProver::open(const fs::path& directory, const Reader& view,
                                          const MentionProgress& progress) {
  const LedgerPaths paths(directory);
  auto note = TRY(mention_statement(directory));
  if (!note) {
    return Error{ErrorCode::not_found,
                 worded("no map of mentions was signed yet, so nothing says which events are all: "
                        "`tally checkpoint --mentions` makes and signs it",
                        "尚未签署提及索引，故无从断定哪些事件即为全部：可用 "
                        "`tally checkpoint --mentions` 生成并签署")};
  }
  auto statement = TRY(open_mentions(*note, view));
  const auto signed_view = view.at(statement.log.size);
  auto head = TRY(newest_signed_tree(signed_view));
  if (head.tree != statement.log) {
    return Error{ErrorCode::corrupt,
                 worded("the checkpoint of size {}, over which the map of mentions was signed, is "
                        "not among those stored; run `tally verify`",
                        "提及索引所针对的规模 {} 的检查点不在已存储的检查点之中；"
                        "请运行 `tally verify`",
                        statement.log.size.value)};
  }
  auto have = signed_file(paths.cache, view);
  if (!have || have->statement != statement) {
    auto file = TRY(rebuilt(paths.cache, signed_view, *note, statement, progress));
    have.emplace(SignedFile{std::move(file), statement});
  }
  return SubjectProver(paths.cache, signed_view, std::move(head), *std::move(note),
                       std::move(statement), std::move(have->file));
}

Result<proof::CompletenessFile> SubjectProver::answer(std::string_view id) {
  const auto key = proof::mention_key(id);
  const UpperPath upper(file_.parts(), key);
  const auto records = TRY(file_.bucket(upper.bucket()));
  proof::CompletenessFile answer{std::string(id), {}, {}, head_.note, note_};
  std::vector<proof::MentionLeaf> leaves;
  for (const auto& record : records) {
    leaves.push_back(record.leaf);
    if (record.leaf.key == key) answer.indexes = TRY(record.indexes());
  }
  add_path(leaves, key, file_.bits(), answer.proof);
  upper.add_to(answer.proof.siblings);
  TRY(verify_mentions(id, answer.indexes, answer.proof, statement_.map));
  return answer;
}

// A cache that is damaged where it was read is made again, once.
Result<proof::CompletenessFile> SubjectProver::prove(std::string_view id) {
  auto made = answer(id);
  if (made || made.error().code != ErrorCode::corrupt) return made;
  const auto lock = TRY(lock_cache(cache_));
  MentionBuilder builder(cache_, std::nullopt);
  if (TRY(builder.run(view_, {})) != statement_.map) return not_its_root(statement_);
  TRY(builder.finish(note_));
  file_ = TRY(MentionFile::open(cache_ / file_name));
  return answer(id);
}

}  // namespace ledger

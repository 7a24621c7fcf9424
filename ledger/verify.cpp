#include "ledger/verify.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <mutex>
#include <utility>

#include "ledger/base/distinct.h"
#include "ledger/base/in_parallel.h"
#include "ledger/base/message.h"
#include "ledger/byte_order.h"
#include "ledger/durable_file.h"
#include "ledger/finding.h"
#include "ledger/index_audit.h"
#include "ledger/index_reach.h"
#include "ledger/key_register.h"
#include "ledger/mention_audit.h"
#include "ledger/open_ledger.h"
#include "ledger/prefetch.h"
#include "ledger/random_bytes.h"
#include "ledger/stored_tree.h"
#include "ledger/subtree_audit.h"
#include "ledger/tree_audit.h"

namespace ledger {
namespace {

// A size and root that the ledger has signed.
struct Claim {
  proof::TreeHead tree;
  Wording what;
  std::optional<TreeSize> stored_for;  // of a stored checkpoint: the size it is stored for

  Message name() const {
    if (!stored_for) return what;
    return worded("{} {}", "{} {}", Message(what), stored_for->value);
  }
};

std::uint64_t random_seed() {
  const auto bytes = random_bytes<sizeof(std::uint64_t)>();
  return load_little<std::uint64_t>(bytes, 0);
}

Message root_in_words(const std::optional<Hash>& root) {
  return root ? worded("root {}", "根哈希 {}", hex_of(*root))
              : Message("a root that cannot be recomputed", "无法重算的根哈希");
}

class Verifier {
 public:
  Verifier(const OpenLedger& ledger, const VerifyOptions& options)
      : ledger_(ledger),
        store_(*ledger.store),
        options_(options),
        size_(ledger.head.size()),
        authors_(KeyRegister::read(store_, size_, ledger.config.origin)) {}

  Verification run() {
    collect_claims();
    collect_mentions();
    check_signing_key();
    read_how_far_indexed();
    plan();
    audit_subtrees();
    judge_claims();
    gather();
    check_clock();
    check_head();
    check_beyond();
    append(audit_upper_tiles(store_, size_, believed_->subtree_roots()));
    check_indexes();
    if (mentions_) mentions_size_ = audit_mentions(store_, *mentions_, findings_);
    return summary();
  }

 private:
  void add(Finding::Where where, std::optional<Sequence> index, Message expected, Message found) {
    findings_.push_back({where, index, std::move(expected), std::move(found), {}, {}});
  }

  void append(std::vector<Finding> findings) {
    std::move(findings.begin(), findings.end(), std::back_inserter(findings_));
  }

  void collect_claims();
  void claim(const std::string& note, const Wording& what, std::optional<TreeSize> stored_for);
  void check_stored(TreeSize high_water);
  void collect_mentions();
  void check_signing_key();
  void read_how_far_indexed();
  void plan();
  void audit_subtrees();
  void judge_claims();
  void report_first_bad(const std::vector<const Claim*>& bad, TreeSize good);
  void gather();
  void check_clock();
  void check_head();
  void check_beyond();
  void check_indexes();
  Verification summary();

  const OpenLedger& ledger_;
  const Store& store_;
  const VerifyOptions& options_;
  TreeSize size_;
  KeyRegister authors_;
  TreeSize indexed_;
  std::uint64_t seed_ = random_seed();
  std::vector<Claim> claims_;
  std::vector<SubtreeTask> tasks_;
  std::vector<SubtreeAudit> audits_;
  std::optional<PiecedTree> computed_;
  std::optional<PiecedTree> believed_;
  std::vector<Finding> findings_;
  std::vector<Gap> unread_;
  ClockTrail clock_;
  IndexSums index_sums_;
  std::optional<proof::MentionStatement> mentions_;
  std::optional<TreeSize> mentions_size_;
  TreeSize good_;          // of the newest checkpoint that the bytes lead to
  TreeSize signed_;        // of the newest checkpoint, whether they do or not
  TreeSize entries_good_;  // likewise, without believing any tile
};

void Verifier::collect_claims() {
  auto cursor = store_.cursor(Table::checkpoints, Store::Pattern::scan);
  for (cursor.seek_first(); cursor.valid(); cursor.next()) {
    const auto key = cursor.key();
    if (key.size() != sizeof(std::uint64_t)) {
      add(Finding::Where::checkpoint, std::nullopt, {"a size as key", "以规模为键"}, hex_of(key));
      continue;
    }
    const TreeSize size{load_big(key)};
    claim(std::string(text_of(cursor.value())), {"checkpoint", "检查点"}, size);
  }
  if (const auto status = cursor.status(); !status) {
    add(Finding::Where::checkpoint, std::nullopt,
        {"checkpoints that can be read through", "能够读完的检查点"}, status.error().message);
  }
  if (ledger_.high_water.empty()) {
    add(Finding::Where::file, std::nullopt, ledger_.paths.high_water.string(),
        {"no such file", "没有此文件"});
  } else {
    claim(ledger_.high_water, {"high-water checkpoint", "最高水位检查点"}, std::nullopt);
  }
}

void Verifier::claim(const std::string& note, const Wording& what,
                     std::optional<TreeSize> stored_for) {
  Claim claim{{}, what, stored_for};
  const auto opened = proof::open_checkpoint(note, ledger_.verifier, ledger_.config.origin);
  if (!opened) {
    add(Finding::Where::checkpoint, std::nullopt,
        worded("{} with a good signature", "签名有效的{}", claim.name()), opened.error().message);
  } else if (stored_for && opened->tree.size != *stored_for) {
    add(Finding::Where::checkpoint, std::nullopt, claim.name(),
        worded("one of size {}", "规模为 {} 的检查点", opened->tree.size.value));
  } else if (opened->tree.size > size_) {
    add(Finding::Where::checkpoint, std::nullopt,
        worded("{} of a log with {} entries", "含 {1} 个条目的日志的{0}", claim.name(),
               opened->tree.size.value),
        worded("a log with {}", "含 {} 个条目的日志", size_.value));
  } else {
    claim.tree = opened->tree;
    claims_.push_back(claim);
    if (!stored_for) check_stored(opened->tree.size);
  }
}

// A checkpoint is stored before it becomes the high-water mark.
void Verifier::check_stored(TreeSize high_water) {
  const auto note = store_.get(Table::checkpoints, big_endian(high_water.value));
  if (note && *note) return;
  add(Finding::Where::checkpoint, std::nullopt,
      worded("the high-water checkpoint of size {} among those stored",
             "所存检查点中规模为 {} 的最高水位检查点", high_water.value),
      note ? Message("no such checkpoint", "没有此检查点") : note.error().message);
}

// The statement of mentions signs a root of the log, too.
void Verifier::collect_mentions() {
  mentions_ = signed_mentions(ledger_, findings_);
  if (!mentions_) return;
  claims_.push_back({mentions_->log,
                     {"statement of mentions, over the log's", "提及索引声明所载日志"},
                     std::nullopt});
}

// Reading needs no secret, and an auditor may not see it. But if there is one, it must be
// this ledger's, or the next append would find that it cannot sign.
void Verifier::check_signing_key() {
  if (!read_file(ledger_.paths.signing_key)) return;
  const auto key = read_signing_key(ledger_);
  if (key) return;
  add(Finding::Where::file, std::nullopt,
      {"the key that config.toml names", "config.toml 所指的密钥"}, key.error().message);
}

void Verifier::read_how_far_indexed() {
  const auto indexed = read_index_reach(store_);
  if (indexed && *indexed <= size_) {
    indexed_ = *indexed;
    return;
  }
  indexed_ = size_;
  add(Finding::Where::index_table, std::nullopt,
      worded("index tables of at most {} entries", "至多 {} 个条目的索引表", size_.value),
      indexed ? worded("tables of {}", "{} 个条目的索引表", indexed->value)
              : indexed.error().message);
}

void Verifier::plan() {
  std::vector<TreeSize> sizes{size_};
  for (const auto& claim : claims_) sizes.push_back(claim.tree.size);
  sort_distinct(sizes);
  auto next = sizes.begin();
  if (next->value == 0) ++next;
  for (std::uint64_t first = 0; first < size_.value; first += subtree_entries) {
    SubtreeTask task{Sequence{first},
                     TreeSize{std::min(first + subtree_entries, size_.value)},
                     {},
                     indexed_,
                     seed_,
                     &authors_};
    for (; next != sizes.end() && *next <= task.end; ++next) task.sizes.push_back(*next);
    tasks_.push_back(std::move(task));
  }
}

// Each thread takes the next task; results stand in the order of the tasks, so that the
// number of threads changes nothing. The sums of the index tables are tasks too.
void Verifier::audit_subtrees() {
  audits_.assign(tasks_.size(), SubtreeAudit(seed_));
  std::mutex progress;
  std::uint64_t done = 0;
  const auto audit_task = [&](std::size_t number) {
    audits_[number] = audit_subtree(store_, tasks_[number]);
    const std::lock_guard lock(progress);
    done += tasks_[number].end.value - tasks_[number].first.value;
    if (options_.progress) options_.progress(done, size_.value);
  };
  Prefetch frames(store_, Table::frames);
  Prefetch tiles(store_, Table::tree);
  const auto announce = [&](std::size_t number) {
    if (number >= tasks_.size()) return;
    const auto first = tasks_[number].first.value;
    const auto last = tasks_[number].end.value - 1;
    frames.announce(big_endian(first), big_endian(last));
    tiles.announce(tile_key({0, first / proof::tile_width_max}),
                   tile_key({0, last / proof::tile_width_max}));
  };
  for (std::size_t number = 0; number < options_.threads; ++number) announce(number);
  constexpr std::size_t tables = 2;
  in_parallel(options_.threads, tables + tasks_.size(), [&](std::size_t at) {
    if (at == 0) {
      index_sums_.keys = sum_index_table(store_, Table::idempotency, seed_);
    } else if (at == 1) {
      index_sums_.streams = sum_index_table(store_, Table::streams, seed_);
    } else {
      announce(at - tables + options_.threads);
      audit_task(at - tables);
    }
  });

  std::vector<const SubtreeHashes*> computed;
  std::vector<const SubtreeHashes*> believed;
  for (const auto& audit : audits_) {
    computed.push_back(&audit.computed);
    believed.push_back(&audit.believed);
  }
  computed_.emplace(tasks_, std::move(computed));
  believed_.emplace(tasks_, std::move(believed));
}

// A checkpoint is good if the entries lead to its root, with the tiles standing in for
// those that have a finding of their own.
void Verifier::judge_claims() {
  std::vector<const Claim*> bad;
  for (const auto& claim : claims_) {
    const auto size = claim.tree.size;
    if (size <= size_) signed_ = std::max(signed_, size);
    const bool from_entries = computed_->root(size) == claim.tree.root;
    if (from_entries || believed_->root(size) == claim.tree.root) {
      good_ = std::max(good_, size);
    } else {
      bad.push_back(&claim);
    }
    if (from_entries) entries_good_ = std::max(entries_good_, size);
  }
  if (!bad.empty()) report_first_bad(bad, good_);
}

void Verifier::report_first_bad(const std::vector<const Claim*>& bad, TreeSize good) {
  const auto& first = **std::min_element(bad.begin(), bad.end(), [](const auto* a, const auto* b) {
    return a->tree.size < b->tree.size;
  });
  auto root = computed_->root(first.tree.size);
  if (!root) root = believed_->root(first.tree.size);
  auto found = root_in_words(root);
  if (first.tree.size > good) {
    found = worded("{}, from a change after entry {}", "{}，由条目 {} 之后的改动所致", found,
                   good.value);
  }
  if (bad.size() > 1) {
    found = worded("{}, and so for {} more", "{}，另有 {} 处亦然", found, bad.size() - 1);
  }
  add(Finding::Where::checkpoint, std::nullopt,
      worded("{} root {}", "{}：根哈希 {}", first.name(), hex_of(first.tree.root)),
      std::move(found));
}

void Verifier::gather() {
  std::vector<Finding> own;
  for (auto& audit : audits_) {
    std::move(audit.findings.begin(), audit.findings.end(), std::back_inserter(own));
    for (auto& finding : audit.disputed) {
      const bool signed_so = finding.index->value < entries_good_.value;
      if (signed_so) finding.where = Finding::Where::tile;
      own.push_back(std::move(finding));
    }
    unread_.insert(unread_.end(), audit.unread.begin(), audit.unread.end());
    clock_.append(audit.clock);
  }
  // Those that are about no entry come last.
  const auto place = [](const Finding& finding) {
    return finding.index ? finding.index->value : ~std::uint64_t{0};
  };
  std::stable_sort(own.begin(), own.end(),
                   [&place](const Finding& a, const Finding& b) { return place(a) < place(b); });
  own.insert(own.end(), std::make_move_iterator(findings_.begin()),
             std::make_move_iterator(findings_.end()));
  findings_ = std::move(own);
}

void Verifier::check_clock() {
  for (const auto& setback : clock_.setbacks()) {
    add(Finding::Where::clock, setback.index,
        worded("appended time of {} ns or later", "入账时间 {} ns 或更晚", setback.before_ns),
        std::to_string(setback.appended_ns) + " ns");
  }
}

void Verifier::check_head() {
  const auto& head = ledger_.head;
  const auto root = head.frontier.root();
  if (believed_->root(size_) != root && computed_->root(size_) != root) {
    add(Finding::Where::file, std::nullopt,
        worded("the head record's root {}", "日志头记录的根哈希 {}", hex_of(root)),
        root_in_words(computed_->root(size_)));
  }
  if (!unread_.empty() || size_.value == 0) return;
  std::uint64_t entry_bytes = 0;
  for (const auto& audit : audits_) entry_bytes += audit.entry_bytes;
  if (entry_bytes != head.entry_bytes) {
    add(Finding::Where::file, std::nullopt,
        worded("the head record's {} bytes of entries", "日志头记录的 {} 字节条目",
               head.entry_bytes),
        worded("{} bytes", "{} 字节", entry_bytes));
  }
}

// Frames that the head knows nothing of.
void Verifier::check_beyond() {
  auto cursor = store_.cursor(Table::frames, Store::Pattern::few);
  cursor.seek(big_endian(size_.value));
  if (cursor.valid()) {
    add(Finding::Where::frame, std::nullopt,
        worded("no frame beyond entry {}, the end of the log", "条目 {}（日志末尾）之后没有帧",
               size_.value),
        worded("a frame under the key {}", "键 {} 下的帧", hex_of(cursor.key())));
  }
}

void Verifier::check_indexes() {
  IndexExpectation log{indexed_, PairSum(seed_), PairSum(seed_), {}, seed_};
  for (const auto& audit : audits_) {
    log.keys.add(audit.keys);
    log.streams.add(audit.streams);
    log.unreliable.insert(log.unreliable.end(), audit.unreliable.begin(), audit.unreliable.end());
  }
  append(audit_indexes(store_, log, index_sums_));
}

Verification Verifier::summary() {
  Verification result;
  result.entries = size_;
  result.checkpoint_size = good_;
  result.mentions_size = mentions_size_;
  result.unsigned_tail = size_.value - signed_.value;
  result.read = size_.value;
  result.verified = good_.value;
  for (const auto& gap : unread_) {
    result.read -= gap.end.value - gap.first.value;
    result.verified -= std::min(gap.end, good_).value - std::min(gap.first.value, good_.value);
  }
  std::map<Sequence, bool> altered;
  for (const auto& finding : findings_) {
    const bool of_entry =
        finding.where == Finding::Where::entry || finding.where == Finding::Where::clock;
    if (of_entry && finding.index->value < good_.value) altered[*finding.index] = true;
  }
  result.verified -= altered.size();
  if (unread_.empty()) result.root = computed_->root(size_);
  for (const auto& audit : audits_) result.author_signatures += audit.author_signatures;
  result.differences = findings_.size();
  if (findings_.size() > options_.findings_max) findings_.resize(options_.findings_max);
  result.findings = std::move(findings_);
  result.clock_stretches = clock_.stretches();
  return result;
}

}  // namespace

Result<Verification> verify(const std::filesystem::path& directory, const VerifyOptions& options) {
  const auto ledger = TRY(open_ledger(directory, Store::Mode::read));
  return Verifier(*ledger, options).run();
}

}  // namespace ledger

#include "ledger/mention_builder.h"

#include <algorithm>
#include <bit>
#include <system_error>

#include "ledger/base/message.h"
#include "ledger/mention.h"

namespace ledger {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t bucket_ids = 64;  // a proof reads one bucket

std::uint64_t leaves_in(const MentionFile& file) {
  std::uint64_t leaves = 0;
  for (const auto& part : file.parts()) leaves += part.leaves;
  return leaves;
}

// Two files take turns: what one merge has written the next one reads.
fs::path waiting(const fs::path& cache, unsigned merge) {
  return cache / (merge % 2 == 0 ? "mentions.new" : "mentions.newer");
}

// The mentions of a bucket into the records that are there already; both are sorted.
std::vector<MentionRecord> merged(std::vector<MentionRecord> old, std::span<const Mention> fresh) {
  std::vector<MentionRecord> all;
  auto before = old.begin();
  for (const auto& mention : fresh) {
    if (!all.empty() && all.back().leaf.key == mention.key) {
      all.back().append(mention.index);
      continue;
    }
    while (before != old.end() && before->leaf.key < mention.key) all.push_back(*before++);
    if (before != old.end() && before->leaf.key == mention.key) {
      all.push_back(*before++);
    } else {
      all.emplace_back();
      all.back().leaf.key = mention.key;
    }
    all.back().append(mention.index);
  }
  all.insert(all.end(), before, old.end());
  return all;
}

}  // namespace

MentionBuilder::MentionBuilder(fs::path cache, std::optional<MentionBase> base,
                               std::size_t pending_max)
    : cache_(std::move(cache)), base_(std::move(base)), pending_max_(pending_max) {
}

Result<Hash> MentionBuilder::run(const Reader& view,
                                 const std::function<void(std::uint64_t done)>& progress) {
  Selection rest;
  if (base_) rest.from = Sequence{base_->size.value};
  TRY(view.scan(rest, [&](const Entry& entry) -> Status {
    for (const auto id : mentions_of(entry)) {
      pending_.push_back({proof::mention_key(id), entry.index});
    }
    if (progress) progress(entry.index.value + 1);
    if (pending_.size() < pending_max_) return Ok{};
    return take_in();
  }));
  const auto bits = bits_for_merge();
  final_.emplace(waiting(cache_, merges_), bits);
  TRY(merge(*final_, bits));
  return part_over(final_->parts()).hash;
}

// What is pending goes into a file that is the base from then on.
Status MentionBuilder::take_in() {
  const auto path = waiting(cache_, merges_++);
  const auto bits = bits_for_merge();
  MentionFileWriter writer(path, bits);
  TRY(merge(writer, bits));
  TRY(writer.finish({}));
  base_ = MentionBase{TRY(MentionFile::open(path)), {}};
  loaded_.reset();
  return Ok{};
}

// Enough for buckets of some 64 ids. Never fewer than the base has: its buckets are only split.
unsigned MentionBuilder::bits_for_merge() const {
  const auto ids = (base_ ? leaves_in(base_->file) : 0) + pending_.size();
  const auto wanted = static_cast<unsigned>(std::bit_width(ids / bucket_ids));
  return std::clamp(wanted, base_ ? base_->file.bits() : 0U, mention_bits_max);
}

Status MentionBuilder::merge(MentionFileWriter& writer, unsigned bits) {
  std::sort(pending_.begin(), pending_.end(), [](const Mention& a, const Mention& b) {
    return a.key != b.key ? a.key < b.key : a.index < b.index;
  });
  const std::span<const Mention> all(pending_);
  std::size_t begin = 0;
  for (std::size_t number = 0; number < std::size_t{1} << bits; ++number) {
    auto end = begin;
    while (end < all.size() && bucket_of(all[end].key, bits) == number) ++end;
    const auto fresh = all.subspan(begin, end - begin);
    begin = end;
    if (fresh.empty() && base_ && base_->file.bits() == bits) {
      writer.add(TRY(base_->file.raw(number)), base_->file.parts()[number]);
    } else {
      writer.add(merged(TRY(old_bucket(number, bits)), fresh));
    }
  }
  pending_.clear();
  return Ok{};
}

// What the base has of a bucket of the new file.
Result<std::vector<MentionRecord>> MentionBuilder::old_bucket(std::size_t number, unsigned bits) {
  if (!base_) return std::vector<MentionRecord>{};
  const auto wider = number >> (bits - base_->file.bits());
  if (loaded_ != wider) {
    old_ = TRY(base_->file.bucket(wider));
    loaded_ = wider;
  }
  std::vector<MentionRecord> records;
  for (const auto& record : old_) {
    if (bucket_of(record.leaf.key, bits) == number) records.push_back(record);
  }
  return records;
}

Status MentionBuilder::finish(std::string_view statement) {
  TRY(final_->finish(statement));
  std::error_code code;
  fs::rename(waiting(cache_, merges_), cache_ / "mentions", code);
  if (code) {
    return Error{
        ErrorCode::unavailable,
        worded("cannot put the map of mentions in its place, {}: {}", "无法将提及索引放到 {}：{}",
               (cache_ / "mentions").string(), code.message())};
  }
  fs::remove(waiting(cache_, merges_ + 1), code);
  return Ok{};
}

}  // namespace ledger

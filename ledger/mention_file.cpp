#include "ledger/mention_file.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <system_error>

#include "ledger/base/message.h"
#include "ledger/byte_order.h"

namespace ledger {
namespace {

constexpr std::string_view magic = "tallymn1";
constexpr std::size_t end_bytes = 24;
constexpr std::size_t part_bytes = 48;
constexpr unsigned varint_bits = 7;
constexpr unsigned varint_more = 0x80;

void append_varint(std::uint64_t number, std::string& out) {
  for (; number >= varint_more; number >>= varint_bits) {
    out += static_cast<char>(number | varint_more);
  }
  out += static_cast<char>(number);
}

std::optional<std::uint64_t> take_varint(std::string_view& rest) {
  std::uint64_t number = 0;
  for (unsigned shift = 0; shift < 64 && !rest.empty(); shift += varint_bits) {
    const auto byte = static_cast<unsigned char>(rest.front());
    rest.remove_prefix(1);
    number |= std::uint64_t{byte & (varint_more - 1)} << shift;
    if ((byte & varint_more) == 0) return number;
  }
  return std::nullopt;
}

void append_hash(const Hash& hash, std::string& out) {
  out += text_of(hash);
}

bool take_hash(std::string_view& rest, Hash& into) {
  if (rest.size() < into.size()) return false;
  std::memcpy(into.data(), rest.data(), into.size());
  rest.remove_prefix(into.size());
  return true;
}

void append_little(std::uint64_t number, std::size_t size, std::string& out) {
  std::array<std::byte, 8> bytes{};
  store_little(bytes, 0, number);
  out += text_of(Bytes(bytes).first(size));
}

std::optional<MentionRecord> take_record(std::string_view& rest) {
  MentionRecord record;
  if (!take_hash(rest, record.leaf.key) || !take_hash(rest, record.leaf.list.chain)) {
    return std::nullopt;
  }
  const auto count = take_varint(rest);
  const auto length = count ? take_varint(rest) : std::nullopt;
  if (!length || *length > rest.size()) return std::nullopt;
  record.leaf.list.count = *count;
  record.list = rest.substr(0, *length);
  rest.remove_prefix(*length);
  return record;
}

std::vector<proof::MentionLeaf> leaves_of(std::span<const MentionRecord> records) {
  std::vector<proof::MentionLeaf> leaves;
  leaves.reserve(records.size());
  for (const auto& record : records) leaves.push_back(record.leaf);
  return leaves;
}

Error damaged(const std::filesystem::path& path, const Message& what) {
  return {ErrorCode::corrupt,
          worded("{} is damaged: {}; it may be deleted, and is then made again",
                 "{} 已损坏：{}；可将其删除，之后会重新生成", path.string(), what)};
}

}  // namespace

void MentionRecord::append(Sequence index) {
  if (!last_) {
    last_ = 0;
    std::string_view rest = list;
    while (const auto step = take_varint(rest)) *last_ += *step;
  }
  append_varint(index.value - *last_, list);
  last_ = index.value;
  leaf.list.append(index);
}

Result<std::vector<Sequence>> MentionRecord::indexes() const {
  std::vector<Sequence> all;
  proof::MentionList rebuilt;
  std::uint64_t index = 0;
  for (std::string_view rest = list; !rest.empty();) {
    const auto step = take_varint(rest);
    if (!step) break;
    index += *step;
    all.push_back(Sequence{index});
    rebuilt.append(Sequence{index});
  }
  if (rebuilt == leaf.list) return all;
  return Error{ErrorCode::corrupt,
               worded("a list of mentions is not the one that its hash vouches for",
                      "某提及列表不是其哈希所担保的列表")};
}

std::size_t bucket_of(const Hash& key, unsigned bits) {
  const auto first = load_big(Bytes(key).first(8));
  return bits == 0 ? 0 : static_cast<std::size_t>(first >> (64 - bits));
}

proof::MentionPart part_over(std::span<const proof::MentionPart> parts) {
  if (parts.size() == 1) return parts.front();
  const auto half = parts.size() / 2;
  return joined(part_over(parts.first(half)), part_over(parts.subspan(half)));
}

Result<MentionFile> MentionFile::open(const std::filesystem::path& path) {
  MentionFile opened;
  opened.path_ = path;
  opened.file_.open(path, std::ios::binary);
  if (!opened.file_) {
    return Error{ErrorCode::not_found, worded("there is no file {}", "没有文件 {}", path.string())};
  }
  TRY(opened.read_end());
  return opened;
}

Status MentionFile::read_end() {
  std::error_code code;
  const auto size = std::filesystem::file_size(path_, code);
  if (code || size < end_bytes) return damaged(path_, {"it has no end", "没有结尾"});
  std::string end(end_bytes, '\0');
  file_.seekg(static_cast<std::streamoff>(size - end_bytes));
  file_.read(end.data(), static_cast<std::streamsize>(end.size()));
  if (!file_ || !end.ends_with(magic)) return damaged(path_, {"it has no end", "没有结尾"});
  bits_ = load_little<std::uint32_t>(bytes_of(end), 0);
  const auto statement_bytes = load_little<std::uint32_t>(bytes_of(end), 4);
  const auto parts_begin = load_little<std::uint64_t>(bytes_of(end), 8);
  if (bits_ > mention_bits_max || parts_begin > size) {
    return damaged(path_, {"its end is none", "结尾无效"});
  }
  const auto count = std::size_t{1} << bits_;
  if (size - parts_begin != count * part_bytes + statement_bytes + end_bytes) {
    return damaged(path_, {"its length is another than its end says", "长度与结尾所载不同"});
  }
  std::string rest(size - parts_begin - end_bytes, '\0');
  file_.seekg(static_cast<std::streamoff>(parts_begin));
  file_.read(rest.data(), static_cast<std::streamsize>(rest.size()));
  if (!file_) return damaged(path_, {"it cannot be read", "无法读取"});
  for (std::size_t number = 0; number < count; ++number) {
    const auto row = bytes_of(rest).subspan(number * part_bytes, part_bytes);
    begins_.push_back(load_little<std::uint64_t>(row, 0));
    proof::MentionPart part{load_little<std::uint64_t>(row, 8), {}};
    std::memcpy(part.hash.data(), row.data() + 16, part.hash.size());
    parts_.push_back(part);
  }
  begins_.push_back(parts_begin);
  if (!std::is_sorted(begins_.begin(), begins_.end())) {
    return damaged(path_, {"its buckets do not follow one another", "各桶未依次相接"});
  }
  statement_ = rest.substr(count * part_bytes);
  return Ok{};
}

Result<std::string> MentionFile::raw(std::size_t number) {
  std::string bytes(begins_[number + 1] - begins_[number], '\0');
  file_.clear();
  file_.seekg(static_cast<std::streamoff>(begins_[number]));
  file_.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file_) return damaged(path_, worded("bucket {} cannot be read", "桶 {} 无法读取", number));
  return bytes;
}

Result<std::vector<MentionRecord>> MentionFile::bucket(std::size_t number) {
  const auto bytes = TRY(raw(number));
  std::vector<MentionRecord> records;
  for (std::string_view rest = bytes; !rest.empty();) {
    auto record = take_record(rest);
    if (!record || (!records.empty() && records.back().leaf.key >= record->leaf.key) ||
        bucket_of(record->leaf.key, bits_) != number) {
      return damaged(path_,
                     worded("bucket {} holds no list of ids", "桶 {} 中不是标识列表", number));
    }
    records.push_back(*std::move(record));
  }
  if (part_of(leaves_of(records), bits_) == parts_[number]) return records;
  return damaged(path_,
                 worded("bucket {} does not lead to its hash", "由桶 {} 推算不出其哈希", number));
}

MentionFileWriter::MentionFileWriter(const std::filesystem::path& path, unsigned bits)
    : path_(path), file_(path, std::ios::binary | std::ios::trunc), bits_(bits) {
}

void MentionFileWriter::add(std::span<const MentionRecord> bucket) {
  std::string bytes;
  for (const auto& record : bucket) {
    append_hash(record.leaf.key, bytes);
    append_hash(record.leaf.list.chain, bytes);
    append_varint(record.leaf.list.count, bytes);
    append_varint(record.list.size(), bytes);
    bytes += record.list;
  }
  add(bytes, part_of(leaves_of(bucket), bits_));
}

void MentionFileWriter::add(std::string_view raw, const proof::MentionPart& part) {
  begins_.push_back(written_);
  parts_.push_back(part);
  file_.write(raw.data(), static_cast<std::streamsize>(raw.size()));
  written_ += raw.size();
}

Status MentionFileWriter::finish(std::string_view statement) {
  std::string end;
  for (std::size_t number = 0; number < parts_.size(); ++number) {
    append_little(begins_[number], 8, end);
    append_little(parts_[number].leaves, 8, end);
    append_hash(parts_[number].hash, end);
  }
  end += statement;
  append_little(bits_, 4, end);
  append_little(statement.size(), 4, end);
  append_little(written_, 8, end);
  end += magic;
  file_.write(end.data(), static_cast<std::streamsize>(end.size()));
  file_.close();
  if (file_) return Ok{};
  return Error{ErrorCode::unavailable, worded("cannot write {}; check the disk and the permissions",
                                              "无法写入 {}；请检查磁盘与权限", path_.string())};
}

}  // namespace ledger

// The stored map of mentions: a file in the ledger's cache, with the list of every id. Nothing in
// it is taken at its word: what is read is held against its hashes, and these against the signed
// root.
//
//   buckets    the ids that share their first `bits` bits, sorted: key (32), chain (32), count,
//              length of the list, the list: each index less the one before, all as varints
//   parts      of each bucket: where it begins (8), its leaves (8), its hash (32)
//   statement  the signed note
//   end        bits (4), bytes of the statement (4), where the parts begin (8), `tallymn1`
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.h"
#include "ledger/base/strong.h"
#include "ledger/proof/mention_map.h"

namespace ledger {

// An id with its list, as a file holds it.
class MentionRecord {
 public:
  proof::MentionLeaf leaf;
  std::string list;  // of indexes, as the file spells them

  // Requires an index beyond the last.
  void append(Sequence index);
  // Fails with `corrupt` for a list that its chain does not vouch for.
  Result<std::vector<Sequence>> indexes() const;

 private:
  std::optional<std::uint64_t> last_;  // index, once it was asked for
};

// A file has at most 2 to the power of this many buckets.
inline constexpr unsigned mention_bits_max = 20;

// An open file. One thread at a time.
class MentionFile {
 public:
  // Fails with `not_found`, or with `corrupt` for what is no such file.
  static Result<MentionFile> open(const std::filesystem::path& path);

  unsigned bits() const { return bits_; }

  const std::string& statement() const { return statement_; }

  // Of the buckets, in order.
  const std::vector<proof::MentionPart>& parts() const { return parts_; }

  // The ids of a bucket. Fails with `corrupt` unless they lead to its part.
  Result<std::vector<MentionRecord>> bucket(std::size_t number);
  // The same as bytes, unchecked.
  Result<std::string> raw(std::size_t number);

 private:
  MentionFile() = default;
  Status read_end();

  std::filesystem::path path_;
  std::ifstream file_;
  unsigned bits_ = 0;
  std::string statement_;
  std::vector<proof::MentionPart> parts_;
  std::vector<std::uint64_t> begins_;  // of the buckets, and the end of the last
};

// Writes such a file from its first bucket to its last. One thread at a time.
class MentionFileWriter {
 public:
  MentionFileWriter(const std::filesystem::path& path, unsigned bits);

  void add(std::span<const MentionRecord> bucket);
  void add(std::string_view raw, const proof::MentionPart& part);

  const std::vector<proof::MentionPart>& parts() const { return parts_; }

  // Requires all buckets. Fails with `unavailable` when anything could not be written.
  Status finish(std::string_view statement);

 private:
  std::filesystem::path path_;
  std::ofstream file_;
  unsigned bits_;
  std::uint64_t written_ = 0;
  std::vector<std::uint64_t> begins_;
  std::vector<proof::MentionPart> parts_;
};

// The number of the bucket that a key belongs to.
std::size_t bucket_of(const Hash& key, unsigned bits);
// The part over consecutive ones, a power of two of them.
proof::MentionPart part_over(std::span<const proof::MentionPart> parts);

}  // namespace ledger

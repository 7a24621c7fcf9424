#include "ledger/proof/consistency_file.h"

#include "ledger/base/check.h"
#include "ledger/proof/base64.h"
#include "ledger/proof/hash_lines.h"
#include "ledger/proof/merkle.h"
#include "ledger/proof/note.h"
#include "ledger/proof/text.h"

namespace ledger::proof {
namespace {

constexpr std::string_view old_mark = "old ";
constexpr std::size_t growth_hashes_max = 63;  // of the witness protocol; no proof is longer

constexpr Wording growth_kind{"a consistency proof", "一致性证明"};

}  // namespace

std::string format(const ConsistencyFile& proof) {
  check(bool(parse_note(proof.checkpoint)), "a consistency proof ends with a signed note");
  check(proof.hashes.size() <= growth_hashes_max, "a consistency proof has at most 63 hashes");
  std::string text(old_mark);
  text.append(std::to_string(proof.old_size.value)).append("\n");
  for (const Hash& hash : proof.hashes) text.append(encode_base64(hash)).append("\n");
  return text + "\n" + proof.checkpoint;
}

Result<ConsistencyFile> parse_consistency_file(std::string_view text) {
  ConsistencyFile proof;
  const auto line = take_line(text).value_or("");
  const auto old_size =
      line.starts_with(old_mark) ? parse_decimal(line.substr(old_mark.size())) : std::nullopt;
  if (!old_size)
    return malformed(growth_kind, {"first line", "首行"}, line,
                     {"\"old \" and a decimal number", "\"old \" 与十进制数"});
  proof.old_size = TreeSize{*old_size};

  proof.hashes = TRY(take_hash_lines(text, growth_kind, growth_hashes_max));
  const Note note = TRY(parse_note(text));
  TRY(parse_checkpoint(note.text));
  proof.checkpoint = text;
  return proof;
}

Result<Checkpoint> check_consistency(const ConsistencyFile& proof, const TreeHead& old,
                                     const VerifierKey& log, std::string_view origin) {
  Checkpoint checkpoint = TRY(open_checkpoint(proof.checkpoint, log, origin));
  if (old.size != proof.old_size) {
    return Error{
        ErrorCode::invalid,
        worded("the proof begins at size {}, the old checkpoint has size {}",
               "证明始于规模 {}，旧检查点的规模为 {}", proof.old_size.value, old.size.value)};
  }
  TRY(verify_consistency(old, checkpoint.tree, proof.hashes));
  return checkpoint;
}

}  // namespace ledger::proof

#include "ledger/proof/proof_file.h"

#include "ledger/base/check.h"
#include "ledger/proof/base64.h"
#include "ledger/proof/hash_lines.h"
#include "ledger/proof/merkle.h"
#include "ledger/proof/note.h"
#include "ledger/proof/text.h"

namespace ledger::proof {
namespace {

constexpr std::string_view header = "c2sp.org/tlog-proof@v1";
constexpr std::string_view extra_mark = "extra ";
constexpr std::string_view index_mark = "index ";
constexpr std::size_t path_hashes_max = 64;  // no tree is higher

constexpr Wording proof_kind{"a tlog-proof", "包含证明（tlog-proof）"};

}  // namespace

std::string format(const ProofFile& proof) {
  check(bool(parse_note(proof.checkpoint)), "a proof ends with a signed note");
  std::string text(header);
  text += "\n";
  if (proof.extra) {
    check(!proof.extra->empty(), "extra data is not empty, or not there");
    text.append(extra_mark).append(encode_base64(*proof.extra)).append("\n");
  }
  text.append(index_mark).append(std::to_string(proof.index.value)).append("\n");
  for (const Hash& hash : proof.hashes) text.append(encode_base64(hash)).append("\n");
  return text + "\n" + proof.checkpoint;
}

Result<ProofFile> parse_proof_file(std::string_view text) {
  ProofFile proof;
  auto line = take_line(text).value_or("");
  if (line != header) {
    return malformed(proof_kind, {"first line", "首行"}, line, std::string(header));
  }

  line = take_line(text).value_or("");
  if (line.starts_with(extra_mark)) {
    proof.extra = decode_base64(line.substr(extra_mark.size()));
    if (!proof.extra || proof.extra->empty())
      return malformed(proof_kind, {"extra line", "附加数据行"}, line, std::string("base64"));
    line = take_line(text).value_or("");
  }

  const auto index =
      line.starts_with(index_mark) ? parse_decimal(line.substr(index_mark.size())) : std::nullopt;
  if (!index) {
    return malformed(proof_kind, {"index line", "序号行"}, line,
                     {"\"index \" and a decimal number", "\"index \" 与十进制数"});
  }
  proof.index = Sequence{*index};

  proof.hashes = TRY(take_hash_lines(text, proof_kind, path_hashes_max));
  const Note note = TRY(parse_note(text));
  TRY(parse_checkpoint(note.text));
  proof.checkpoint = text;
  return proof;
}

Result<Checkpoint> check_proof(const ProofFile& proof, const Hash& leaf, const VerifierKey& log,
                               std::string_view origin) {
  Checkpoint checkpoint = TRY(open_checkpoint(proof.checkpoint, log, origin));
  TRY(verify_inclusion(proof.index, leaf, checkpoint.tree, proof.hashes));
  return checkpoint;
}

}  // namespace ledger::proof

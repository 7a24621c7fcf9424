#include "ledger/witnessed_log.h"

#include <span>

#include "ledger/base/check.h"
#include "ledger/base/message.h"
#include "ledger/finding.h"
#include "ledger/proof/checkpoint.h"
#include "ledger/proof/hash.h"
#include "ledger/proof/note.h"
#include "ledger/proof/text.h"

namespace ledger {
namespace {

constexpr std::string_view format_mark = "tally-witness/v1";
constexpr std::string_view origin_mark = "origin ";
constexpr std::string_view key_mark = "log ";

Error damaged(const Message& what) {
  return {ErrorCode::corrupt,
          worded("not the record of a witnessed log: {}", "不是所监看日志的记录：{}", what)};
}

Status check_checkpoint(const WitnessedLog& log, const proof::VerifierKey& witness) {
  const auto by_log = TRY(proof::open_note(log.checkpoint, log.keys));
  const auto checkpoint = TRY(proof::parse_checkpoint(by_log.text));
  if (checkpoint.origin != log.origin) {
    return damaged({"its checkpoint is of another log", "其检查点属于另一日志"});
  }
  TRY(proof::open_note(log.checkpoint, std::span(&witness, 1)));
  return Ok{};
}

}  // namespace

std::string format(const WitnessedLog& log) {
  std::string text(format_mark);
  text.append("\n").append(origin_mark).append(log.origin).append("\n");
  for (const auto& key : log.keys) text.append(key_mark).append(key.text()).append("\n");
  return text + "\n" + log.checkpoint;
}

Result<WitnessedLog> parse_witnessed_log(std::string_view text, const proof::VerifierKey& witness) {
  if (proof::take_line(text) != format_mark) {
    return damaged(worded("its first line is not {}", "首行不是 {}", format_mark));
  }
  WitnessedLog log;
  const auto origin = proof::take_line(text).value_or("");
  if (!origin.starts_with(origin_mark) || origin.size() == origin_mark.size()) {
    return damaged({"its second line names no origin", "第二行没有日志名称"});
  }
  log.origin = origin.substr(origin_mark.size());
  while (true) {
    const auto line = proof::take_line(text);
    if (!line) return damaged({"no empty line follows the keys", "公钥之后没有空行"});
    if (line->empty()) break;
    if (!line->starts_with(key_mark)) {
      return damaged(worded("this is no key: {}", "这不是公钥：{}", proof::quoted(*line)));
    }
    log.keys.push_back(TRY(proof::VerifierKey::parse(line->substr(key_mark.size()))));
  }
  if (log.keys.empty()) return damaged({"it has no key of the log", "没有日志的公钥"});
  if (text.empty()) return log;
  log.checkpoint = text;
  const auto sound = check_checkpoint(log, witness);
  if (!sound) return damaged(sound.error().message);
  return log;
}

proof::TreeHead newest_tree(const WitnessedLog& log) {
  if (log.checkpoint.empty()) return {TreeSize{0}, proof::empty_root()};
  const auto note = proof::parse_note(log.checkpoint);
  check(bool(note), "the record of a witnessed log holds a note");
  const auto checkpoint = proof::parse_checkpoint(note->text);
  check(bool(checkpoint), "the record of a witnessed log holds a checkpoint");
  return checkpoint->tree;
}

std::string file_name_of(std::string_view origin) {
  return hex_of(proof::sha256(bytes_of(origin)));
}

}  // namespace ledger

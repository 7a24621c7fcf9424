#include "ledger/proof/witness_judgement.h"

#include "ledger/proof/checkpoint.h"
#include "ledger/proof/consistency_file.h"

namespace ledger::proof {

std::optional<std::string> origin_of_request(std::string_view request) {
  const auto file = parse_consistency_file(request);
  if (!file) return std::nullopt;
  const auto note = parse_note(file->checkpoint);
  if (!note) return std::nullopt;
  const auto checkpoint = parse_checkpoint(note->text);
  if (!checkpoint) return std::nullopt;
  return checkpoint->origin;
}

WitnessJudgement judge_request(std::string_view request, const std::vector<VerifierKey>& log_keys,
                               const TreeHead& known) {
  const auto file = parse_consistency_file(request);
  if (!file) return {WitnessVerdict::malformed, file.error().message.en};
  const auto note = open_note(file->checkpoint, log_keys);
  if (!note) return {WitnessVerdict::untrusted, note.error().message.en};
  const auto checkpoint = parse_checkpoint(note->text);
  if (!checkpoint) return {WitnessVerdict::malformed, checkpoint.error().message.en};
  const auto& tree = checkpoint->tree;
  const auto size = std::to_string(tree.size.value);
  const auto old_size = std::to_string(file->old_size.value);
  const auto known_size = std::to_string(known.size.value);
  if (file->old_size > tree.size) {
    return {WitnessVerdict::malformed,
            "the old size is " + old_size + ", wanted at most the size of the checkpoint, " + size};
  }
  if (file->old_size != known.size) {
    return {WitnessVerdict::stale,
            "the old size is " + old_size + ", wanted what was signed last, " + known_size};
  }
  const auto grown = verify_consistency(known, tree, file->hashes);
  if (!grown) {
    return {WitnessVerdict::inconsistent, "the log of size " + size +
                                              " is not shown to continue that of size " +
                                              known_size + ": " + grown.error().message.en};
  }
  return {WitnessVerdict::cosign, "", *note, tree};
}

}  // namespace ledger::proof

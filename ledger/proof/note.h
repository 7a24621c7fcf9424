// Signed notes (C2SP signed-note): text, an empty line, one line for each signature.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.h"
#include "ledger/proof/key.h"

namespace ledger::proof {

inline constexpr std::size_t note_bytes_max = std::size_t{1} << 20;
inline constexpr std::size_t note_signatures_max = 100;  // the limit of Go's note package

struct Note {
  std::string text;  // ends in a line end; what the signatures cover
  std::vector<Signature> signatures;
};

// Whether `text` can be signed: plain text (text.h) that ends in a line end.
bool is_note_text(std::string_view text);

// Takes a note apart, without checking a signature: its text is not to be trusted yet.
// Fails with `invalid` on any departure from the format.
Result<Note> parse_note(std::string_view note);
// The inverse of `parse_note`. Requires a text that can be signed and well-formed signatures.
std::string format(const Note& note);

// One signature as its line under a note, with the line end.
std::string format(const Signature& signature);
// The inverse for any number of such lines: what a witness answers with. Fails with `invalid`.
Result<std::vector<Signature>> parse_signatures(std::string_view lines);

// The note of `text` signed by each key. Requires a text that can be signed.
std::string sign_note(std::string_view text, std::span<const SigningKey> keys);

// The note with more signatures. One by a name and key that signed before takes the place of the
// older. Fails with `invalid` when there would be too many. Checks no signature.
Result<std::string> add_signatures(const Note& note, const std::vector<Signature>& more);

// Takes a note apart and checks it: the result holds the signatures of `known` keys only,
// one for each key. Signatures of other keys are ignored. Fails with `invalid` (not a note)
// or `corrupt` (a known key's signature is wrong, or none of a known key is there).
Result<Note> open_note(std::string_view note, std::span<const VerifierKey> known);

}  // namespace ledger::proof

#include "ledger/proof/note.h"

#include <catch2/catch.hpp>

#include "ledger/proof/base64.h"

using namespace ledger;
using namespace ledger::proof;

namespace {

// The example in the documentation of Go's note package.
const std::string peter_key =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const std::string text =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
const std::string note =
    text +
    "\n\u2014 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngot"
    "pRZb6KE6RyyBwJnAM=\n";

SigningKey peter() {
  return *SigningKey::parse(peter_key);
}

SigningKey key(const std::string& name, int seed) {
  ed25519::Seed bytes{};
  bytes[0] = static_cast<std::byte>(seed);
  return *SigningKey::of(name, bytes);
}

std::vector<VerifierKey> keys(std::initializer_list<SigningKey> signers) {
  std::vector<VerifierKey> verifiers;
  for (const SigningKey& signer : signers) verifiers.push_back(signer.verifier());
  return verifiers;
}

ErrorCode code(const Result<Note>& result) {
  REQUIRE_FALSE(result);
  return result.error().code;
}

}  // namespace

TEST_CASE("the note of Go's documentation opens, and signing makes the same bytes") {
  const auto opened = open_note(note, keys({peter()}));
  REQUIRE(opened);
  CHECK(opened->text == text);
  REQUIRE(opened->signatures.size() == 1);
  CHECK(opened->signatures[0].name == "PeterNeumann");
  CHECK(opened->signatures[0].key == KeyId{0xc74f20a3});
  const std::vector<SigningKey> signers{peter()};
  CHECK(sign_note(text, signers) == note);
  CHECK(format(*parse_note(note)) == note);
}

TEST_CASE("no byte of a note can change unnoticed") {
  const auto known = keys({peter()});
  for (std::size_t i = 0; i < note.size(); ++i) {
    for (const int bit : {1, 2, 32, 128}) {
      std::string mangled = note;
      mangled[i] = static_cast<char>(mangled[i] ^ bit);
      CAPTURE(i, bit);
      REQUIRE_FALSE(open_note(mangled, known));
    }
    std::string shorter = note;
    shorter.erase(i, 1);
    REQUIRE_FALSE(open_note(shorter, known));
    REQUIRE_FALSE(open_note(note.substr(0, i), known));
    REQUIRE_FALSE(open_note(note.substr(0, i) + "x" + note.substr(i), known));
  }
}

TEST_CASE("unknown keys are ignored, be it that they share a name or an id") {
  const auto peter_signature = peter().sign(text);
  auto same_id = key("Other", 1).sign(text);
  same_id.key = peter_signature.key;
  auto same_name = key("PeterNeumann", 1).sign(text);
  const Note many{text, {same_id, same_name, peter_signature}};
  const auto opened = open_note(format(many), keys({peter()}));
  REQUIRE(opened);
  CHECK(opened->signatures.size() == 1);

  const Note strangers{text, {same_id, same_name}};
  const auto refused = open_note(format(strangers), keys({peter()}));
  CHECK(code(refused) == ErrorCode::corrupt);
  CHECK(refused.error().message.en.find("\"Other\", \"PeterNeumann\"") != std::string::npos);
  CHECK(code(open_note(note, {})) == ErrorCode::corrupt);
}

TEST_CASE("a bad signature by a known key rejects the note in spite of a good one") {
  auto bad = key("witness.example", 2).sign("another text\n");
  const Note both{text, {peter().sign(text), bad}};
  CHECK(open_note(format(both), keys({peter()})));
  const auto witness = key("witness.example", 2);
  CHECK(code(open_note(format(both), keys({peter(), witness}))) == ErrorCode::corrupt);
  // Also when the same key has signed well before.
  const Note twice{text, {peter().sign(text), peter().sign("another text\n")}};
  CHECK(code(open_note(format(twice), keys({peter()}))) == ErrorCode::corrupt);
}

TEST_CASE("a key counts once, however often it signs") {
  const Note twice{text, {peter().sign(text), peter().sign(text)}};
  CHECK(open_note(format(twice), keys({peter()}))->signatures.size() == 1);
}

TEST_CASE("a hundred signatures are accepted and no more") {
  Note crowd{text, {}};
  for (int i = 0; i < 99; ++i)
    crowd.signatures.push_back(key("w" + std::to_string(i), i).sign(text));
  crowd.signatures.push_back(peter().sign(text));
  CHECK(open_note(format(crowd), keys({peter()})));
  crowd.signatures.push_back(key("late", 3).sign(text));
  CHECK(code(open_note(format(crowd), keys({peter()}))) == ErrorCode::invalid);
}

TEST_CASE("the text ends at the last empty line") {
  const std::string poem = "one\n\ntwo\n\n\nthree\n";
  const std::vector<SigningKey> signers{peter()};
  CHECK(open_note(sign_note(poem, signers), keys({peter()}))->text == poem);
  const std::string blank = "\n";
  CHECK(open_note(sign_note(blank, signers), keys({peter()}))->text == blank);
}

TEST_CASE("a note that departs from the format is refused") {
  const std::string line = note.substr(text.size() + 1);
  const std::string signature = line.substr(line.rfind(' ') + 1);
  using namespace std::string_literals;
  const auto mangled = GENERATE_COPY(values<std::string>(
      {"",
       "\n",
       "\n\n",
       text,
       text + "\n",
       text + line,
       text + "\n" + line + "\n",
       text + "\n" + line + "x",
       text + "\n" + line.substr(0, line.size() - 1),

       "a\r\n" + ("\n" + line),
       "a\tb\n\n" + line,
       "a\0b\n\n"s + line,
       "a\x1F\n\n" + line,
       "\xFF\n\n" + line,
       "\xC0\x80\n\n" + line,
       "\xED\xA0\x80\n\n" + line,
       text + "\n- PeterNeumann " + signature,
       text + "\n\u2013 PeterNeumann " + signature,
       text + "\n\u2014PeterNeumann " + signature,
       text + "\n\u2014  PeterNeumann " + signature,
       text + "\n\u2014 PeterNeumann  " + signature,
       text + "\n\u2014 " + signature,
       text + "\n\u2014 Peter Neumann " + signature,
       text + "\n\u2014 Peter+Neumann " + signature,
       text + "\n\u2014 Peter\u00A0N " + signature,
       text + "\n\u2014 PeterNeumann \n",
       text + "\n\u2014 PeterNeumann\n",
       text + "\n\u2014 PeterNeumann AAAA\n",
       text + "\n\u2014 PeterNeumann AAAAAA==\n",
       text + "\n\u2014 PeterNeumann x08go_ZJ\n",
       text + "\n\u2014 PeterNeumann x08go/ZJ \n",
       text + "\n\u2014 PeterNeumann " + signature.substr(0, signature.size() - 2) + "\n"}));
  CAPTURE(mangled);
  CHECK(code(parse_note(mangled)) == ErrorCode::invalid);
}

TEST_CASE("a note beyond a mebibyte is refused unread") {
  const std::string large(note_bytes_max, 'a');
  CHECK(code(parse_note(large + "\n" + note)) == ErrorCode::invalid);
}

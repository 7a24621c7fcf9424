// Cosignatures of witnesses (cosignature/v1, key type 0x04) under the checkpoints of logs.
#include <catch2/catch.hpp>

#include "ledger/proof/base64.h"
#include "ledger/proof/checkpoint.h"
#include "ledger/proof/hash.h"
#include "ledger/proof/note.h"

using namespace ledger;
using namespace ledger::proof;

namespace {

constexpr std::uint64_t seen_at = 1'700'000'000;

ed25519::Seed seed(int number) {
  ed25519::Seed bytes{};
  bytes[0] = static_cast<std::byte>(number);
  return bytes;
}

SigningKey log_key() {
  return *SigningKey::of("log.example/north", seed(1));
}

VerifierKey witness_key() {
  return *VerifierKey::of("witness.example", ed25519::public_key_of(seed(2)), KeyType::cosignature);
}

// As a witness makes it, from the words of the specification.
Signature cosign(const std::string& text, std::uint64_t time, std::uint64_t told_time) {
  const auto message = "cosignature/v1\ntime " + std::to_string(time) + "\n" + text;
  Signature signature{"witness.example", witness_key().id(), {}};
  for (int shift = 56; shift >= 0; shift -= 8) {
    signature.bytes.push_back(static_cast<std::byte>(told_time >> shift & 0xFFU));
  }
  const auto signed_bytes = ed25519::sign(seed(2), bytes_of(message));
  signature.bytes.insert(signature.bytes.end(), signed_bytes.begin(), signed_bytes.end());
  return signature;
}

const std::string text =
    format(Checkpoint{"log.example/north", {TreeSize{0}, empty_root()}, {"an extension line"}});

std::string note_with(const Signature& cosignature) {
  return format(Note{text, {log_key().sign(text), cosignature}});
}

std::vector<VerifierKey> both() {
  std::vector<VerifierKey> keys{log_key().verifier()};
  keys.push_back(witness_key());
  return keys;
}

}  // namespace

TEST_CASE("a cosigned checkpoint opens for who knows the witness and for who does not") {
  const auto note = note_with(cosign(text, seen_at, seen_at));
  const auto opened = open_note(note, both());
  REQUIRE(opened);
  REQUIRE(opened->signatures.size() == 2);
  CHECK(cosigned_at(opened->signatures[1]) == seen_at);
  CHECK_FALSE(cosigned_at(opened->signatures[0]));

  const auto checkpoint = open_checkpoint(note, log_key().verifier(), "log.example/north");
  REQUIRE(checkpoint);
  CHECK(checkpoint->extensions == std::vector<std::string>{"an extension line"});
  const auto alone = witness_key();
  CHECK(open_note(note, {&alone, 1}));
}

TEST_CASE("a cosignature holds for its time and its text only") {
  CHECK_FALSE(open_note(note_with(cosign(text, seen_at, seen_at + 1)), both()));
  CHECK_FALSE(open_note(note_with(cosign(text + "more\n", seen_at, seen_at)), both()));
  auto cut = cosign(text, seen_at, seen_at);
  cut.bytes.pop_back();
  CHECK_FALSE(open_note(note_with(cut), both()));
  auto long_one = cosign(text, seen_at, seen_at);
  long_one.bytes.push_back(std::byte{0});
  CHECK_FALSE(open_note(note_with(long_one), both()));
  // A plain signature of the text is none: the time is part of what is signed.
  auto plain = cosign(text, seen_at, seen_at);
  const auto signed_text = ed25519::sign(seed(2), bytes_of(text));
  plain.bytes.assign(signed_text.begin(), signed_text.end());
  CHECK_FALSE(open_note(note_with(plain), both()));
}

TEST_CASE("the types of one key are two keys, with ids of their own") {
  const auto plain = *VerifierKey::of("witness.example", ed25519::public_key_of(seed(2)));
  CHECK_FALSE(plain.id() == witness_key().id());
  const auto parsed = VerifierKey::parse(witness_key().text());
  REQUIRE(parsed);
  CHECK(parsed->type() == KeyType::cosignature);
  CHECK(parsed->text() == witness_key().text());
  CHECK(VerifierKey::parse(plain.text())->type() == KeyType::ed25519);
  // Its line under a note claims another key, and is passed over.
  const auto note = note_with(cosign(text, seen_at, seen_at));
  const auto refused = open_note(note, {&plain, 1});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.en.starts_with("no trusted key signed"));
}

TEST_CASE("the key of the log does not pass for a witness, nor a witness for the log") {
  const auto note = note_with(cosign(text, seen_at, seen_at));
  CHECK_FALSE(open_checkpoint(format(Note{text, {cosign(text, seen_at, seen_at)}}),
                              log_key().verifier(), "log.example/north"));
  const auto log_as_witness = *VerifierKey::of(
      "log.example/north", log_key().verifier().public_key(), KeyType::cosignature);
  CHECK_FALSE(open_note(note, {&log_as_witness, 1}));
}

// Made with OpenSSL's command line from the seed 20 21 22 … 3f, by the words of C2SP.
TEST_CASE("our cosignatures are those that OpenSSL makes") {
  ed25519::Seed bytes{};
  for (unsigned i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(0x20 + i);
  const auto key = *CosigningKey::of("witness.example/south", bytes);
  CHECK(key.verifier().text() ==
        "witness.example/south+4b697602+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X");
  const std::string checkpoint =
      "tally.example/north\n3\nOF2jDzkXKCyJOd/4UZV+UZqxhGsTUaFMCts7EWMnQqo=\n";
  CHECK(format(key.cosign(checkpoint, seen_at)) ==
        "\u2014 witness.example/south "
        "S2l2AgAAAABlU/EAHvqBzpNgGqeBUfY8S3BCuWXUQQ/"
        "vkrLHEW+L3Y9NFieYDytPvIcW60eZHtstNUvqPgbIMvXRj3OaF"
        "jWrYEGxBg==\n");
  const auto signature = key.cosign(checkpoint, seen_at);
  CHECK(key.verifier().verify(checkpoint, signature));
  CHECK_FALSE(key.verifier().verify(checkpoint + "x\n", signature));
}

TEST_CASE("the secret of a witness is read back, and is not that of a log") {
  const auto key = *CosigningKey::of("witness.example", seed(2));
  const auto again = CosigningKey::parse(key.text());
  REQUIRE(again);
  CHECK(again->text() == key.text());
  CHECK(again->verifier().text() == witness_key().text());
  CHECK_FALSE(SigningKey::parse(key.text()));
  CHECK_FALSE(CosigningKey::parse(log_key().text()));
  CHECK_FALSE(CosigningKey::of("two words", seed(2)));
  auto miscopied = key.text();
  char& digit = miscopied[miscopied.find("+witness.example+") + 17];  // of the key id
  digit = digit == '0' ? '1' : '0';
  CHECK_FALSE(CosigningKey::parse(miscopied));
}

TEST_CASE("what a witness answers is read as lines of signatures") {
  const auto one = log_key().sign(text);
  const auto two = cosign(text, seen_at, seen_at);
  const auto lines = format(one) + format(two);
  const auto read = parse_signatures(lines);
  REQUIRE(read);
  REQUIRE(read->size() == 2);
  CHECK(format((*read)[0]) + format((*read)[1]) == lines);
  CHECK(parse_signatures("")->empty());
  CHECK_FALSE(parse_signatures(lines.substr(0, lines.size() - 1)));
  CHECK_FALSE(parse_signatures("\n" + lines));
  CHECK_FALSE(parse_signatures(lines + "<html>\n"));
}

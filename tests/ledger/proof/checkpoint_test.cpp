#include "ledger/proof/checkpoint.h"

#include <catch2/catch.hpp>

#include "ledger/proof/hash.h"
#include "ledger/proof/note.h"

using namespace ledger;
using namespace ledger::proof;

namespace {

const std::string empty_text =
    "tally.example/north\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";

SigningKey key(const std::string& name, int seed) {
  ed25519::Seed bytes{};
  bytes[0] = static_cast<std::byte>(seed);
  return *SigningKey::of(name, bytes);
}

std::string signed_by(const SigningKey& signer, const std::string& text) {
  return sign_note(text, std::vector<SigningKey>{signer});
}

}  // namespace

TEST_CASE("a checkpoint is origin, size and root, a line each") {
  const Checkpoint checkpoint{"tally.example/north", {TreeSize{0}, empty_root()}, {}};
  CHECK(format(checkpoint) == empty_text);
  const auto parsed = parse_checkpoint(empty_text);
  REQUIRE(parsed);
  CHECK(parsed->origin == checkpoint.origin);
  CHECK(parsed->tree == checkpoint.tree);
  CHECK(parsed->extensions.empty());
}

TEST_CASE("the example of the tlog-checkpoint specification reads and writes back") {
  const std::string text =
      "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
  const auto parsed = parse_checkpoint(text);
  REQUIRE(parsed);
  CHECK(parsed->tree.size == TreeSize{20'852'163});
  CHECK(format(*parsed) == text);
}

TEST_CASE("extension lines are kept, and an origin is free text") {
  const std::string text = "go.sum database tree\n18446744073709551615\n" +
                           empty_text.substr(empty_text.find("47DE")) + "one\nand two\n";
  const auto parsed = parse_checkpoint(text);
  REQUIRE(parsed);
  CHECK(parsed->tree.size == TreeSize{~std::uint64_t{0}});
  CHECK(parsed->extensions == std::vector<std::string>{"one", "and two"});
  CHECK(format(*parsed) == text);
}

TEST_CASE("a checkpoint that departs from the format is refused") {
  const std::string root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
  const auto text =
      GENERATE_COPY(values<std::string>({"",
                                         "\n",
                                         "origin\n",
                                         "origin\n1\n",
                                         "origin\n1\n\n",
                                         "\n1\n" + root,
                                         "origin\n\n" + root,
                                         "origin\n01\n" + root,
                                         "origin\n00\n" + root,
                                         "origin\n+1\n" + root,
                                         "origin\n-1\n" + root,
                                         "origin\n 1\n" + root,
                                         "origin\n1 \n" + root,
                                         "origin\n0x1\n" + root,
                                         "origin\n1e3\n" + root,
                                         "origin\n18446744073709551616\n" + root,
                                         "origin\n1\n" + root.substr(0, root.size() - 1),
                                         "origin\n1\n" + root.substr(4),
                                         "origin\n1\n" + root.substr(0, 42) + "V=\n",
                                         "origin\n1\n " + root,
                                         "origin\r\n1\n" + root,
                                         "origin\n1\n" + root + "\n",
                                         "origin\n1\n" + root + "extension",
                                         "origin\n1\n" + root + "\nextension\n",
                                         "\xFF\n1\n" + root}));
  CAPTURE(text);
  const auto parsed = parse_checkpoint(text);
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().code == ErrorCode::invalid);
}

TEST_CASE("a refused checkpoint says which line, what it got and what it wanted") {
  CHECK(parse_checkpoint("origin\n007\n").error().message.en ==
        "not a checkpoint: its tree size is \"007\", wanted a decimal number without leading"
        " zeros");
}

TEST_CASE("a checkpoint opens for its log and no other") {
  const auto north = key("tally.example/north", 1);
  const auto south = key("tally.example/south", 2);
  const std::string note = signed_by(north, empty_text);
  const auto opened = open_checkpoint(note, north.verifier(), "tally.example/north");
  REQUIRE(opened);
  CHECK(opened->tree.root == empty_root());

  // Another log's key; a key of the log under another log's origin; altered; no checkpoint.
  CHECK(open_checkpoint(note, south.verifier(), "tally.example/north").error().code ==
        ErrorCode::corrupt);
  CHECK(open_checkpoint(signed_by(south, empty_text), south.verifier(), "tally.example/south")
            .error()
            .code == ErrorCode::corrupt);
  std::string altered = note;
  altered[altered.find("\n0\n") + 1] = '1';
  CHECK(open_checkpoint(altered, north.verifier(), "tally.example/north").error().code ==
        ErrorCode::corrupt);
  CHECK(open_checkpoint(signed_by(north, "hello\n"), north.verifier(), "tally.example/north")
            .error()
            .code == ErrorCode::invalid);
}

#include "ledger/proof/hash.h"

#include <catch2/catch.hpp>
#include <thread>

#include "tests/ledger/proof/hex.h"

using namespace ledger;
using namespace ledger::proof;
using test::hex;

TEST_CASE("SHA-256 gives the digests of FIPS 180-4") {
  CHECK(hex(sha256(bytes_of("abc"))) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(hex(sha256(bytes_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))) ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(hex(empty_root()) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("leaves and nodes are prefixed, so that one cannot pass for the other") {
  using namespace std::string_literals;
  CHECK(hash_leaf(bytes_of("entry")) == sha256(bytes_of("\0entry"s)));
  const Hash left = sha256(bytes_of("left"));
  const Hash right = sha256(bytes_of("right"));
  const std::string node = "\x01" + std::string(text_of(left)) + std::string(text_of(right));
  CHECK(hash_node(left, right) == sha256(bytes_of(node)));
  CHECK(hash_node(left, right) != hash_node(right, left));
}

TEST_CASE("a digest of pieces is the digest of the whole, and starts afresh when finished") {
  Sha256 pieces;
  pieces.add(bytes_of("ab"));
  pieces.add({});
  (void)sha256(bytes_of("another message between"));
  pieces.add(bytes_of("c"));
  CHECK(pieces.finish() == sha256(bytes_of("abc")));
  CHECK(pieces.finish() == empty_root());
}

TEST_CASE("every thread hashes alike", "[threads]") {
  Hash elsewhere{};
  std::thread([&] { elsewhere = hash_leaf(bytes_of("entry")); }).join();
  CHECK(elsewhere == hash_leaf(bytes_of("entry")));
}

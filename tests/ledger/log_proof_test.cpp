// Proofs made of a real log, at every size and of every entry, checked by the part of the
// program that needs no ledger.
#include "ledger/log_proof.h"

#include <map>

#include "ledger/proof/hash.h"
#include "ledger/proof/note.h"
#include "tests/ledger/sample.h"

namespace ledger {
namespace {

using test::mileage_batch;
using test::open_log;
using ::test::Scratch;
using test::value_of;

// Small sizes one by one, then both sides of full tiles.
std::vector<std::uint64_t> sizes() {
  std::vector<std::uint64_t> all;
  for (std::uint64_t size = 1; size <= 40; ++size) all.push_back(size);
  for (const std::uint64_t size : {255U, 256U, 257U, 400U, 511U, 512U, 513U, 600U})
    all.push_back(size);
  return all;
}

proof::VerifierKey key_of(const Reader& reader) {
  return value_of(proof::VerifierKey::parse(reader.verifier_key()));
}

Hash leaf_of(const Reader& reader, std::uint64_t index) {
  Hash leaf{};
  REQUIRE(reader.read({index}, [&](const Entry& entry) -> Status {
    leaf = proof::hash_leaf(entry.bytes);
    return Ok{};
  }));
  return leaf;
}

void check_every_entry(const Reader& reader, LogProver& prover) {
  const auto key = key_of(reader);
  for (std::uint64_t index = 0; index < prover.tree().size.value; ++index) {
    CAPTURE(prover.tree().size.value, index);
    const auto text = format(value_of(prover.prove_entry({index})));
    const auto file = value_of(proof::parse_proof_file(text));
    const auto leaf = leaf_of(reader, index);
    const auto checkpoint = proof::check_proof(file, leaf, key, reader.origin());
    REQUIRE(checkpoint);
    REQUIRE(checkpoint->tree == prover.tree());
    auto other = leaf;
    other[0] ^= std::byte{1};
    REQUIRE_FALSE(proof::check_proof(file, other, key, reader.origin()));
  }
}

}  // namespace

TEST_CASE("every entry is proven at every size, and every size to continue all before it") {
  const Scratch scratch;
  const auto log = open_log(scratch.path());
  std::map<std::uint64_t, proof::TreeHead> before{{0, {TreeSize{0}, proof::empty_root()}}};
  for (const auto size : sizes()) {
    const auto have = log->size().value;
    value_of(log->append(mileage_batch(have, size - have, 5)));
    value_of(log->sign_checkpoint());
    const auto reader = log->reader();
    LogProver prover(reader, value_of(newest_signed_tree(reader)));
    REQUIRE(prover.tree().size == TreeSize{size});
    check_every_entry(reader, prover);
    before[size] = prover.tree();
    for (const auto& [old_size, old] : before) {
      CAPTURE(size, old_size);
      const auto text = format(value_of(prover.prove_growth({old_size})));
      const auto file = value_of(proof::parse_consistency_file(text));
      REQUIRE(proof::check_consistency(file, old, key_of(reader), reader.origin()));
      auto other = old;
      other.root[0] ^= std::byte{1};
      REQUIRE_FALSE(proof::check_consistency(file, other, key_of(reader), reader.origin()));
    }
  }
}

TEST_CASE("an older checkpoint is proven against as well, while the log goes on") {
  const Scratch scratch;
  const auto log = open_log(scratch.path());
  value_of(log->append(mileage_batch(0, 300, 5)));
  const auto kept = value_of(log->sign_checkpoint());
  value_of(log->append(mileage_batch(300, 400, 5)));
  value_of(log->sign_checkpoint());
  const auto reader = log->reader();
  LogProver prover(reader, value_of(signed_tree_of(reader, kept)));
  CHECK(prover.tree().size == TreeSize{300});
  check_every_entry(reader, prover);
}

TEST_CASE("what the checkpoint does not cover is not proven") {
  const Scratch scratch;
  const auto log = open_log(scratch.path());
  value_of(log->append(mileage_batch(0, 3, 1)));
  const auto kept = value_of(log->sign_checkpoint());
  value_of(log->append(mileage_batch(3, 1, 1)));
  const auto reader = log->reader();
  LogProver prover(reader, value_of(signed_tree_of(reader, kept)));
  CHECK(prover.prove_entry({3}).error().code == ErrorCode::invalid);
  CHECK(prover.prove_growth({4}).error().code == ErrorCode::invalid);
  CHECK(prover.prove_growth({0})->hashes.empty());
}

TEST_CASE("a checkpoint of another log, or of another past, is not proven against") {
  const Scratch one, other;
  const auto log = open_log(one.path());
  const auto stranger = open_log(other.path());
  value_of(log->append(mileage_batch(0, 3, 1)));
  value_of(stranger->append(mileage_batch(0, 3, 1)));
  const auto foreign = value_of(stranger->sign_checkpoint());
  const auto later = value_of(log->sign_checkpoint());
  const auto reader = log->reader();
  CHECK(signed_tree_of(reader, foreign).error().code == ErrorCode::corrupt);
  CHECK(signed_tree_of(reader.at(TreeSize{2}), later).error().code == ErrorCode::corrupt);
  CHECK(signed_tree_of(reader, "nothing").error().code == ErrorCode::invalid);
  CHECK(signed_tree_of(reader, later));
}

}  // namespace ledger

#include "bench/proofs.h"

#include <random>
#include <utility>

#include "bench/stopwatch.h"
#include "ledger/proof/hash.h"
#include "ledger/proof/proof_file.h"

namespace bench {
namespace {

// Runs `work(i)` for each i below `count` and times each.
template <class Work>
ledger::Result<Lap> timed(std::size_t count, Work work) {
  std::vector<double> seconds;
  seconds.reserve(count);
  const Stopwatch all;
  for (std::size_t i = 0; i < count; ++i) {
    const Stopwatch one;
    TRY(work(i));
    seconds.push_back(one.seconds());
  }
  Lap lap{all.seconds()};
  lap.latency = latency_of(std::move(seconds));
  return lap;
}

}  // namespace

Proofs::Proofs(const ledger::Reader& reader, ledger::SignedTree head,
               ledger::proof::VerifierKey key)
    : prover_(reader, std::move(head)), key_(std::move(key)) {
}

ledger::Result<std::unique_ptr<Proofs>> Proofs::open(const std::filesystem::path& folder,
                                                     std::uint64_t count) {
  const auto reader = TRY(ledger::Reader::open(folder));
  auto head = TRY(ledger::newest_signed_tree(reader));
  auto key = TRY(ledger::proof::VerifierKey::parse(reader.verifier_key()));
  const auto size = head.tree.size.value;
  std::unique_ptr<Proofs> proofs(new Proofs(reader, std::move(head), std::move(key)));
  std::mt19937_64 random(1);  // NOLINT(cert-msc51-cpp): the same entries every time
  for (std::uint64_t i = 0; i < count; ++i) {
    const ledger::Sequence index{random() % size};
    proofs->indexes_.push_back(index);
    TRY(reader.read(index, [&](const ledger::Entry& entry) -> ledger::Status {
      proofs->entries_.emplace_back(ledger::text_of(entry.bytes));
      return ledger::Ok{};
    }));
  }
  TRY(proofs->prove());
  TRY(proofs->check());
  return proofs;
}

ledger::Result<Lap> Proofs::prove() {
  texts_.resize(indexes_.size());
  const auto work = [&](std::size_t i) -> ledger::Status {
    texts_[i] = format(TRY(prover_.prove_entry(indexes_[i])));
    return ledger::Ok{};
  };
  auto lap = TRY(timed(indexes_.size(), work));
  std::size_t bytes = 0;
  for (const auto& text : texts_) bytes += text.size();
  lap.bytes_per_event = static_cast<double>(bytes) / static_cast<double>(texts_.size());
  return lap;
}

ledger::Result<Lap> Proofs::check() {
  return timed(indexes_.size(), [&](std::size_t i) -> ledger::Status {
    const auto file = TRY(ledger::proof::parse_proof_file(texts_[i]));
    const auto leaf = ledger::proof::hash_leaf(ledger::bytes_of(entries_[i]));
    TRY(ledger::proof::check_proof(file, leaf, key_, key_.name()));
    return ledger::Ok{};
  });
}

}  // namespace bench

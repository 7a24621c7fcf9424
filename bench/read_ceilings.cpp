#include "bench/read_ceilings.h"

#include <algorithm>
#include <atomic>
#include <deque>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

#include "bench/bare_scan.h"
#include "bench/bare_tree.h"
#include "bench/stopwatch.h"

namespace bench {
namespace {

namespace schema = ledger::schema;

constexpr std::uint64_t leaves_per_task = 1 << 16;

ledger::Error differs() {
  return {ledger::ErrorCode::corrupt, "the ledger of the benchmark does not read back as written"};
}

// Checks the subtrees that nobody has taken yet.
bool check_subtrees(const BareDatabase& database, std::atomic<std::size_t>& next,
                    std::vector<BareTree>& subtrees) {
  bool intact = true;
  for (auto task = next++; task < subtrees.size(); task = next++) {
    auto& tree = subtrees[task];
    const auto from = task * leaves_per_task;
    const bool read = bare_scan(database, from, from + leaves_per_task,
                                [&](ledger::Bytes entry, std::uint64_t checksum) {
                                  intact &= XXH3_64bits(entry.data(), entry.size()) == checksum;
                                  intact &= well_formed(entry);
                                  tree.append(entry, {});
                                });
    intact &= read;
  }
  return intact;
}

template <class Payload>
const Payload& payload_of(const schema::Event& event) {
  return *flatbuffers::GetRoot<Payload>(event.payload()->data());
}

// Accounts found by name without making a string of it first.
class Accounts {
 public:
  std::int64_t& of(const flatbuffers::String& name) {
    const std::string_view key(name.data(), name.size());
    const auto found = balances_.find(key);
    return found != balances_.end() ? found->second : balances_[names_.emplace_back(key)];
  }

 private:
  std::deque<std::string> names_;
  std::unordered_map<std::string_view, std::int64_t> balances_;
};

void fold(Accounts& accounts, const schema::Event& event) {
  const auto type = static_cast<schema::Payload>(event.type());
  if (type == schema::Payload::SettlementApproved) {
    const auto& payload = payload_of<schema::SettlementApproved>(event);
    accounts.of(*payload.order()) += payload.amount_fen();
  } else if (type == schema::Payload::SetoffApplied) {
    const auto& payload = payload_of<schema::SetoffApplied>(event);
    accounts.of(*payload.dealer()) -= payload.amount_fen();
  }
}

}  // namespace

ledger::Result<Checked> verify_ceiling(const std::filesystem::path& database, ledger::TreeSize size,
                                       unsigned threads) {
  const auto opened = TRY(BareDatabase::read(database));
  const Stopwatch watch;
  std::vector<BareTree> subtrees((size.value + leaves_per_task - 1) / leaves_per_task);
  std::atomic<std::size_t> next{0};
  std::atomic<bool> intact{true};
  const auto work = [&] {
    if (!check_subtrees(*opened, next, subtrees)) intact = false;
  };
  std::vector<std::thread> others;
  for (unsigned thread = 1; thread < threads; ++thread) others.emplace_back(work);
  work();
  for (auto& other : others) other.join();
  BareTree tree;
  for (const auto& subtree : subtrees) tree.append_tree(subtree);
  if (!intact || tree.size() != size.value) return differs();
  return Checked{watch.seconds(), tree.root()};
}

ledger::Result<double> replay_ceiling(const std::filesystem::path& database) {
  const auto opened = TRY(BareDatabase::read(database));
  const Stopwatch watch;
  Accounts accounts;
  bool intact = true;
  const auto visit = [&](ledger::Bytes entry, std::uint64_t /*checksum*/) {
    intact &= well_formed(entry);
    if (intact) fold(accounts, *schema::GetEvent(entry.data()));
  };
  if (!bare_scan(*opened, 0, UINT64_MAX, visit) || !intact) return differs();
  return watch.seconds();
}

}  // namespace bench

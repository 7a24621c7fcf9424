#include "ledger/author_signers.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "ledger/author_signature.h"
#include "ledger/base/in_parallel.h"
#include "ledger/known_rows.h"

namespace ledger {
namespace {

// A signature takes a tenth of a millisecond to check, as long as a thread takes to start.
constexpr std::size_t signatures_per_thread_min = 16;

const schema::Event& event_of(const Batch& batch, std::size_t position) {
  return *batch_entry(batch, position).event;
}

}  // namespace

AuthorSigners::AuthorSigners(std::string origin, Find find)
    : origin_(std::move(origin)), find_(std::move(find)) {
}

Signers AuthorSigners::check(const Batch& batch) {
  std::vector<std::size_t> with_author;
  for (std::size_t position = 0; position < batch.count(); ++position) {
    if (event_of(batch, position).author_key()) with_author.push_back(position);
  }
  if (with_author.empty()) return {};
  const auto keys = keys_of(batch, with_author);
  Signers signers(batch.count());
  const auto threads_max = std::max(std::thread::hardware_concurrency(), 1U);
  const auto threads_wanted =
      std::min<std::size_t>(threads_max, with_author.size() / signatures_per_thread_min);
  in_parallel(threads_wanted, with_author.size(), [&](std::size_t at) {
    const auto& event = event_of(batch, with_author[at]);
    const auto& key = keys.at(author_of(event));
    if (!key) return;
    const auto good = is_signed_by(event, *key, origin_);
    if (good && *good) signers[with_author[at]] = key;
  });
  return signers;
}

AuthorSigners::Keys AuthorSigners::keys_of(const Batch& batch,
                                           const std::vector<std::size_t>& positions) {
  Keys keys;
  for (const auto position : positions) {
    const auto id = author_of(event_of(batch, position));
    if (keys.contains(id)) continue;
    {
      const std::lock_guard lock(mutex_);
      const auto known = known_.find(id);
      if (known != known_.end()) {
        keys.emplace(id, known->second);
        continue;
      }
    }
    // Without the lock, since it reads the disk. One that is not there may be enrolled by the
    // time of the next batch.
    const auto key = keys.emplace(id, find_(id)).first->second;
    const std::lock_guard lock(mutex_);
    if (key) known_.emplace(id, *key);
  }
  return keys;
}

}  // namespace ledger

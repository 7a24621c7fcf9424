#include "ledger/known_rows.h"

#include <algorithm>
#include <span>

#include "ledger/idempotency_key.h"
#include "ledger/index_row.h"

namespace ledger {
namespace {

// A key that is to be looked up, and for which event of the batch.
struct Wanted {
  std::string_view key;
  std::size_t position;
};

// The database looks keys up in their order. Sorting them here is cheaper than there, and
// mostly not needed: ids tend to come in order.
Status look_up_each(const Store& store, Table table, std::vector<Wanted> wanted,
                    std::vector<std::optional<Sequence>>& found) {
  const auto by_key = [](const Wanted& a, const Wanted& b) { return a.key < b.key; };
  if (!std::is_sorted(wanted.begin(), wanted.end(), by_key)) {
    std::sort(wanted.begin(), wanted.end(), by_key);
  }
  std::vector<Bytes> keys;
  keys.reserve(wanted.size());
  for (const auto& one : wanted) keys.push_back(bytes_of(one.key));
  const auto values = TRY(store.get_each(table, keys));
  for (std::size_t at = 0; at < wanted.size(); ++at) {
    found[wanted[at].position] = TRY(parse_index(values[at]));
  }
  return Ok{};
}

// Keys and subjects, spelled and hashed.
KnownRows spelled_of(const Batch& batch) {
  std::string keys;
  std::vector<std::size_t> ends;
  KnownRows known;
  ends.reserve(batch.count());
  known.subjects.reserve(batch.count());
  for (std::size_t position = 0; position < batch.count(); ++position) {
    const auto& event = *batch_entry(batch, position).event;
    append_idempotency_key(event, keys);
    ends.push_back(keys.size());
    known.subjects.emplace_back(event.subject()->string_view());
  }
  known.spelled.assign(keys.begin(), keys.end());
  known.keys.reserve(batch.count());
  std::size_t begin = 0;
  for (const auto end : ends) {
    known.keys.emplace_back(std::string_view(known.spelled.data() + begin, end - begin));
    begin = end;
  }
  return known;
}

}  // namespace

Result<KnownRows> look_up(
    const Store& store, const Batch& batch,
    const std::function<std::optional<Sequence>(const HashedKey& subject)>& newer) {
  auto known = spelled_of(batch);
  known.firsts.resize(batch.count());
  known.previous.resize(batch.count());
  std::vector<Wanted> keys;
  std::vector<Wanted> subjects;
  keys.reserve(batch.count());
  subjects.reserve(batch.count());
  for (std::size_t position = 0; position < batch.count(); ++position) {
    keys.push_back({known.keys[position].text(), position});
    auto& previous = known.previous[position];
    previous = newer(known.subjects[position]);
    if (!previous) subjects.push_back({known.subjects[position].text(), position});
  }
  TRY(look_up_each(store, Table::idempotency, std::move(keys), known.firsts));
  TRY(look_up_each(store, Table::streams, std::move(subjects), known.previous));
  return known;
}

Entry batch_entry(const Batch& batch, std::size_t position) {
  const auto bytes = batch.entry(position);
  return {Sequence{}, bytes, flatbuffers::GetRoot<schema::Event>(bytes.data())};
}

}  // namespace ledger

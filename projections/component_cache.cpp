#include "projections/component_cache.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/check.h"
#include "projections/evaluation_digest.h"

namespace projections {
namespace {

constexpr std::string_view file_kind = "tallycp1";
constexpr std::size_t column_count = 11;

// The head of the file, as it lies in memory.
struct Head {
  std::array<char, evaluation_digest.size()> code;
  ledger::Hash root;
  std::uint32_t size, with_orders, components, shared_end, units, aimless_voids;
  std::uint16_t earliest_version, latest_version;
  std::uint32_t unused;
  std::array<std::uint64_t, column_count> columns;  // values of each
};

// The columns in their order in the file, that of 8 bytes first, so that all are aligned.
template <class Tables, class Use>
void each_column(Tables& tables, Use&& use) {
  use(tables.keys);
  use(tables.unit_of);
  use(tables.events.starts);
  use(tables.events.values);
  use(tables.reads.starts);
  use(tables.reads.values);
  use(tables.readers.starts);
  use(tables.readers.values);
  use(tables.for_everything);
  use(tables.last_days.later());
  use(tables.last_days.voided());
}

// Takes the columns' places in a file from the numbers of their values.
class Places {
 public:
  Places(const CheckedFile& file, const std::array<std::uint64_t, column_count>& sizes)
      : file_(file), sizes_(sizes) {}

  template <class T>
  Column<T> next() {
    const auto size = sizes_[at_++];
    const auto offset = offset_;
    offset_ += size * sizeof(T);
    return Column<T>(file_, offset, size);
  }

  std::size_t end() const { return offset_; }

 private:
  const CheckedFile& file_;
  const std::array<std::uint64_t, column_count>& sizes_;
  std::size_t at_ = 0;
  std::size_t offset_ = 0;
};

bool fits_together(const ComponentTables& tables) {
  return tables.with_orders <= tables.components && tables.components <= tables.shared_end &&
         tables.shared_end <= tables.units && tables.keys.size() == tables.unit_of.size() &&
         tables.events.starts.size() == tables.units + std::size_t{1} &&
         tables.reads.starts.size() == tables.components + std::size_t{1} &&
         tables.readers.starts.size() == tables.units - tables.components + std::size_t{1};
}

std::shared_ptr<const ComponentTables> tables_in(std::unique_ptr<const CheckedFile> file,
                                                 const Head& head) {
  // So that no product below overflows.
  const auto in_file = [&](std::uint64_t size) { return size <= file->size(); };
  if (!std::all_of(head.columns.begin(), head.columns.end(), in_file)) return nullptr;
  auto tables = std::make_shared<ComponentTables>();
  tables->size = head.size;
  tables->with_orders = head.with_orders;
  tables->components = head.components;
  tables->shared_end = head.shared_end;
  tables->units = head.units;
  tables->aimless_voids = head.aimless_voids;
  tables->versions = {head.earliest_version, head.latest_version};
  Places places(*file, head.columns);
  tables->keys = places.next<EntityKey>();
  tables->unit_of = places.next<Unit>();
  tables->events.starts = places.next<std::uint32_t>();
  tables->events.values = places.next<std::uint32_t>();
  tables->reads.starts = places.next<std::uint32_t>();
  tables->reads.values = places.next<Unit>();
  tables->readers.starts = places.next<std::uint32_t>();
  tables->readers.values = places.next<Unit>();
  tables->for_everything = places.next<std::uint32_t>();
  auto later = places.next<LaterDay>();
  tables->last_days = LastDays(std::move(later), places.next<VoidedDay>());
  if (places.end() != file->size() || !fits_together(*tables)) return nullptr;
  tables->file = std::move(file);
  return tables;
}

}  // namespace

std::shared_ptr<const ComponentTables> ComponentCache::open() const {
  auto file = CheckedFile::open(path_, file_kind);
  Head head{};
  if (!file || file->head().size() != sizeof head) return nullptr;
  std::memcpy(&head, file->head().data(), sizeof head);
  if (std::string_view(head.code.data(), head.code.size()) != evaluation_digest) return nullptr;
  if (head.size > whole_.size().value) return nullptr;
  const auto root = whole_.at({head.size}).root();
  if (!root || *root != head.root) return nullptr;
  return tables_in(std::move(file), head);
}

void ComponentCache::keep(const ComponentTables& tables) const {
  const auto root = whole_.root();
  if (!root) return;
  Head head{};
  std::copy(evaluation_digest.begin(), evaluation_digest.end(), head.code.begin());
  head.root = *root;
  head.size = tables.size;
  head.with_orders = tables.with_orders;
  head.components = tables.components;
  head.shared_end = tables.shared_end;
  head.units = tables.units;
  head.aimless_voids = tables.aimless_voids;
  head.earliest_version = tables.versions.earliest;
  head.latest_version = tables.versions.latest;
  std::vector<ledger::Bytes> parts;
  each_column(tables, [&](const auto& column) {
    head.columns[parts.size()] = column.size();
    parts.push_back(std::as_bytes(column.all()));
  });
  std::string bytes(sizeof head, '\0');
  std::memcpy(bytes.data(), &head, sizeof head);
  CheckedFile::write(path_, file_kind, bytes, parts);
}

ledger::Status ComponentCache::use(
    const EventSource& view, JoinedBy joined,
    const std::function<ledger::Status(const Components&)>& use) const {
  auto tables = open();
  const bool fits = tables != nullptr && tables->size + tail_max >= view.size().value &&
                    (joined == JoinedBy::ledger || tables->size <= view.size().value);
  if (fits) {
    const auto kept = TRY(Components::of(std::move(tables), view));
    if (kept && !kept->damaged()) {
      auto done = use(*kept);
      if (!kept->damaged()) return done;
    }
  }
  const auto size = view.size().value;
  const auto all = whole_.size().value;
  if (joined == JoinedBy::ledger && size < all && size >= all / 2) {
    // Those of the whole cost little more, and serve the next question as well.
    const auto of_whole = Components::of(LogSource(whole_));
    if (of_whole) {
      keep(of_whole->tables());
      const auto made = TRY(Components::of(of_whole->shared_tables(), view));
      ledger::check(made.has_value(), "nothing came after these tables");
      return use(*made);
    }
  }
  const auto made = TRY(Components::of(view));
  TRY(use(made));
  if (view.size() == whole_.size()) keep(made.tables());
  return ledger::Ok{};
}

}  // namespace projections

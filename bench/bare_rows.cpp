#include "bench/bare_rows.h"

#include <rocksdb/sst_file_writer.h>

#include <algorithm>

namespace bench {
namespace {

std::string path_of(const BareDatabase& database, BareTable table) {
  return database.db->GetName() + "/" + std::to_string(table) + ".rows";
}

}  // namespace

void BareRows::add(std::string_view source, std::string_view id, std::string_view subject,
                   std::uint64_t index) {
  auto begin = text_.size();
  text_.append(source).append(1, '#').append(id);
  keys_.push_back({begin, text_.size() - begin, index});
  begin = text_.size();
  text_ += subject;
  streams_.push_back({begin, subject.size(), index});
}

rocksdb::Status BareRows::write(const BareDatabase& database, std::uint64_t end) {
  constexpr std::string_view indexed = "indexed";
  std::vector<Row> record{{text_.size(), indexed.size(), end}};
  text_ += indexed;
  auto status = write_file(database, bare_idempotency, keys_);
  if (status.ok()) status = write_file(database, bare_streams, streams_);
  if (status.ok()) status = write_file(database, bare_meta, record);
  if (!status.ok()) return status;
  std::vector<rocksdb::IngestExternalFileArg> files;
  for (const auto table : {bare_idempotency, bare_streams, bare_meta}) {
    auto& file = files.emplace_back();
    file.column_family = database.tables[table];
    file.external_files = {path_of(database, table)};
    file.options.write_global_seqno = false;
  }
  return database.db->IngestExternalFiles(files);
}

// Of equal keys the newest comes first.
void BareRows::sort(std::vector<Row>& rows) const {
  std::sort(rows.begin(), rows.end(), [this](const Row& a, const Row& b) {
    const auto order = key_of(a).compare(key_of(b));
    return order != 0 ? order < 0 : a.index > b.index;
  });
}

rocksdb::Status BareRows::write_file(const BareDatabase& database, BareTable table,
                                     std::vector<Row>& rows) {
  sort(rows);
  auto* const handle = database.tables[table];
  rocksdb::SstFileWriter file(rocksdb::EnvOptions(), database.db->GetOptions(handle), handle,
                              false);
  auto status = file.Open(path_of(database, table));
  std::string_view last;
  for (auto row = rows.begin(); row != rows.end() && status.ok(); ++row) {
    const auto key = key_of(*row);
    if (row != rows.begin() && key == last) continue;
    status = file.Put(rocksdb::Slice(key.data(), key.size()), slice_of(row->index));
    last = key;
  }
  return status.ok() ? file.Finish() : status;
}

}  // namespace bench

#include "projections/row_cache.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/message.h"
#include "projections/evaluation_digest.h"
#include "projections/row_update.h"

namespace projections {
namespace {

namespace fs = std::filesystem;
using ledger::Date;
using ledger::Result;
using ledger::Status;

constexpr std::string_view file_kind = "tallyrw1";
constexpr auto no_day = std::numeric_limits<std::int32_t>::max();

// The head of the file, as it lies in memory.
struct Head {
  std::array<char, evaluation_digest.size()> code;
  ledger::Hash root;
  std::uint32_t model, size, rows;
  std::uint32_t dated;  // 1: days of rows are kept
  std::int32_t as_of;
  std::uint32_t unused;
};

std::int32_t stored(std::optional<Date> date) {
  return date ? date->days : no_day;
}

std::optional<Date> date_of(std::int32_t stored) {
  if (stored == no_day) return std::nullopt;
  return Date{stored};
}

// A file of the cache that is named by a size.
struct KeptFile {
  std::uint64_t size;
  fs::file_time_type written;
};

std::vector<KeptFile> kept_in(const fs::path& folder) {
  std::vector<KeptFile> files;
  std::error_code code;
  fs::directory_iterator entry(folder, code);
  for (; !code && entry != fs::directory_iterator(); entry.increment(code)) {
    const auto name = entry->path().filename().string();
    std::uint64_t size = 0;
    const auto read = std::from_chars(name.data(), name.data() + name.size(), size);
    if (read.ec != std::errc() || std::to_string(size) != name) continue;
    std::error_code gone;
    const auto written = entry->last_write_time(gone);
    if (!gone) files.push_back({size, written});
  }
  return files;
}

// By `find`, which is faster than counting characters where lines are long.
std::size_t lines_in(std::string_view text) {
  std::size_t lines = 0;
  for (auto at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    ++lines;
  }
  return lines;
}

// What the days of the rows take up before the rows.
std::size_t day_bytes(const Head& head) {
  return head.dated != 0 ? head.rows * sizeof(std::int32_t) : 0;
}

// The rows of a file all of whose bytes are sound; nothing when they are not those of its head.
std::optional<Answer> answer_in(std::shared_ptr<const CheckedFile> file, const Head& head) {
  const auto days = day_bytes(head);
  if (days > file->size() || !file->load(0, file->size())) return std::nullopt;
  Answer answer;
  answer.size = {head.size};
  answer.as_of = date_of(head.as_of);
  for (std::size_t at = 0; at < days; at += sizeof(std::int32_t)) {
    std::int32_t day = 0;
    std::memcpy(&day, file->data() + at, sizeof day);
    answer.valid_until.push_back(date_of(day));
  }
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): text among bytes.
  std::string_view text(reinterpret_cast<const char*>(file->data()) + days, file->size() - days);
  while (!text.empty() && answer.rows.size() < head.rows) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    answer.rows.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  if (!text.empty() || answer.rows.size() != head.rows) return std::nullopt;
  answer.file = std::move(file);
  return answer;
}

}  // namespace

// A file of rows of this ledger, and its head.
struct RowCache::Found {
  std::unique_ptr<const CheckedFile> file;
  Head head;
};

std::optional<RowCache::Found> RowCache::find(ReadModel model, std::uint64_t size) const {
  Found found{CheckedFile::open(path_of(model, size), file_kind), {}};
  auto& head = found.head;
  if (!found.file || found.file->head().size() != sizeof head) return std::nullopt;
  std::memcpy(&head, found.file->head().data(), sizeof head);
  if (std::string_view(head.code.data(), head.code.size()) != evaluation_digest) {
    return std::nullopt;
  }
  if (head.model != static_cast<std::uint32_t>(model) || head.size != size) return std::nullopt;
  const auto root = whole_.at({size}).root();
  if (!root || *root != head.root) return std::nullopt;
  return found;
}

std::optional<Answer> RowCache::nearest(ReadModel model, const EventSource& view) const {
  auto files = kept_in(folder_of(model));
  const auto size = view.size().value;
  std::erase_if(files, [&](auto& file) {
    return file.size > size || size - file.size > ComponentCache::tail_max;
  });
  std::sort(files.begin(), files.end(), [](auto& a, auto& b) { return a.size > b.size; });
  for (const auto& file : files) {
    auto found = find(model, file.size);
    if (!found) continue;
    if (auto answer = answer_in(std::move(found->file), found->head)) return answer;
  }
  return std::nullopt;
}

Result<bool> RowCache::hand_out(ReadModel model, const EventSource& view, unsigned threads,
                                const std::function<void(std::string_view)>& use) const {
  const auto size = view.size().value;
  const auto found = find(model, size);
  if (!found) return false;
  const auto& file = *found->file;
  const auto days = day_bytes(found->head);
  const auto text_in = [&](std::size_t at, ledger::Bytes block) {
    return ledger::text_of(block.subspan(std::min(block.size(), days - std::min(days, at))));
  };
  // Nothing is handed out before all of it was found to be sound, and to be so many rows.
  std::atomic<std::size_t> rows{0};
  std::atomic<bool> ends{file.size() == days};
  const auto count = [&](std::size_t at, ledger::Bytes block) {
    const auto text = text_in(at, block);
    rows += lines_in(text);
    if (at + block.size() == file.size() && text.ends_with('\n')) ends = true;
  };
  if (!file.hand_out(threads, count) || rows != found->head.rows || !ends) return false;
  const auto tell = [&](std::size_t at, ledger::Bytes block) { use(text_in(at, block)); };
  if (file.hand_out(1, tell)) return true;
  return ledger::Error{
      ledger::ErrorCode::unavailable,
      ledger::worded("{} changed while it was read, or cannot be read, and what was printed "
                     "of it is incomplete; ask again",
                     "{} 在读取时发生变化或无法读取，已输出的内容不完整；请重新查询",
                     path_of(model, size).string())};
}

void RowCache::keep(ReadModel model, const Answer& answer) const {
  // One that exits with a failure is nothing to hurry.
  if (!answer.overflows.empty()) return;
  const auto root = whole_.at(answer.size).root();
  if (!root) return;
  Head head{};
  std::copy(evaluation_digest.begin(), evaluation_digest.end(), head.code.begin());
  head.root = *root;
  head.model = static_cast<std::uint32_t>(model);
  head.size = static_cast<std::uint32_t>(answer.size.value);
  head.rows = static_cast<std::uint32_t>(answer.rows.size());
  head.dated = answer.valid_until.empty() ? 0 : 1;
  head.as_of = stored(answer.as_of);
  std::vector<std::int32_t> days;
  for (const auto date : answer.valid_until) days.push_back(stored(date));
  std::vector<ledger::Bytes> parts{std::as_bytes(std::span(days))};
  constexpr std::string_view line_end = "\n";
  for (const auto row : answer.rows) {
    parts.push_back(std::as_bytes(std::span(row)));
    parts.push_back(std::as_bytes(std::span(line_end)));
  }
  std::string bytes(sizeof head, '\0');
  std::memcpy(bytes.data(), &head, sizeof head);
  // Where programs kept them of one size only.
  std::error_code ignored;
  if (fs::is_regular_file(folder_of(model), ignored)) fs::remove(folder_of(model), ignored);
  CheckedFile::write(path_of(model, answer.size.value), file_kind, bytes, parts);
  drop_old(model, answer.size.value);
}

void RowCache::drop_old(ReadModel model, std::uint64_t written) const {
  auto files = kept_in(folder_of(model));
  std::uint64_t greatest = 0;
  for (const auto& file : files) greatest = std::max(greatest, file.size);
  std::erase_if(files, [&](auto& file) { return file.size == greatest || file.size == written; });
  std::sort(files.begin(), files.end(), [](auto& a, auto& b) { return a.written > b.written; });
  const auto others_max = sizes_kept_max - (written == greatest ? 1 : 2);
  std::error_code ignored;
  for (auto at = others_max; at < files.size(); ++at) {
    fs::remove(path_of(model, files[at].size), ignored);
  }
}

Result<std::optional<Answer>> RowCache::update(ReadModel model, const Answer& kept,
                                               const EventSource& view, unsigned threads) const {
  std::optional<Answer> made;
  // A part costs more for each event than the whole does.
  const UpdateOptions options{threads, view.size().value / 4};
  const auto use = [&](const Components& components) -> Status {
    made.reset();
    made = TRY(update_rows(model, kept, view, components, options));
    return ledger::Ok{};
  };
  TRY(components_.use(view, JoinedBy::ledger, use));
  return made;
}

Result<Answer> RowCache::answer(ReadModel model, const EventSource& view, unsigned threads) const {
  auto kept = nearest(model, view);
  if (kept && kept->size == view.size()) return *std::move(kept);
  std::optional<Answer> made;
  if (kept) made = TRY(update(model, *kept, view, threads));
  std::error_code ignored;
  const bool damaged = fs::exists(path_of(model, view.size().value), ignored);
  const bool dear = !made || made->replayed >= made->rows.size() / 2;
  if (!made) {
    const auto replay = TRY(Replay::run(view, {}, threads));
    auto rows = TRY(print_model(*replay, model));
    made = answer_of(std::move(rows), view.size(), replay->as_of());
  }
  if (dear || damaged) keep(model, *made);
  return *std::move(made);
}

}  // namespace projections

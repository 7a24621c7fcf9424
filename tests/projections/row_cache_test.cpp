// Rows kept in the cache of a ledger are those of a replay, whatever happened to the file.
#include "projections/row_cache.h"

#include <catch2/catch.hpp>
#include <cstring>
#include <filesystem>
#include <functional>
#include <set>

#include "cli/generate/history.h"
#include "ledger/codec.h"
#include "tests/projections/kept_file.h"
#include "tests/support/admitting_ledger.h"

namespace projections {
namespace {

namespace fs = std::filesystem;

// Enough for several dealers.
constexpr std::size_t half = 6'000;

const std::vector<std::string>& history() {
  static const auto lines = [] {
    std::vector<std::string> told;
    cli::generate::generate_history({half + 20, 11},
                                    [&](std::string_view line) { told.emplace_back(line); });
    return told;
  }();
  return lines;
}

void append(test::AdmittingLedger& ledger, std::size_t from, std::size_t to) {
  ledger.open();
  ledger::Encoder encoder;
  ledger::Batch batch;
  for (auto at = from; at < to; ++at) REQUIRE_FALSE(encoder.add(history()[at], batch));
  REQUIRE(ledger.log().append(batch));
  ledger.close();
}

std::string lines_of(const std::vector<std::string>& rows) {
  std::string lines;
  for (const auto& row : rows) lines += row + "\n";
  return lines;
}

// Where an answer came from.
enum class Source { replay, update, file };

// A ledger at its present size, asked through its cache.
class Present {
 public:
  explicit Present(const test::AdmittingLedger& ledger)
      : directory_(ledger.directory()), reader_(*ledger::Reader::open(directory_)) {}

  // Checks the answer against a replay; says where it came from.
  Source ask(ReadModel model) { return ask(model, reader_, directory_ / "cache"); }

  Source ask_at(ReadModel model, std::uint64_t known_at) {
    return ask(model, reader_.at({known_at}), directory_ / "cache");
  }

  ledger::Hash root() const { return *reader_.root(); }

 private:
  Source ask(ReadModel model, const ledger::Reader& view, const fs::path& cache) {
    const LogSource source(view);
    const auto replay = Replay::run(source, {}, 1);
    REQUIRE(replay);
    const auto wanted = print_model(**replay, model);
    REQUIRE(wanted);
    const ComponentCache components(cache, reader_);
    const RowCache rows(cache, reader_, components);
    std::string handed_out;
    const auto is_kept =
        rows.hand_out(model, source, 2, [&](std::string_view text) { handed_out += text; });
    REQUIRE(is_kept);
    CHECK(handed_out == (*is_kept ? lines_of(wanted->rows) : ""));
    const auto answer = rows.answer(model, source, 1);
    REQUIRE(answer);
    CHECK(*is_kept == (answer->file != nullptr && answer->replayed == 0));
    CHECK(std::vector<std::string>(answer->rows.begin(), answer->rows.end()) == wanted->rows);
    CHECK(answer->valid_until == wanted->valid_until);
    if (answer->file == nullptr) return Source::replay;
    return answer->replayed == 0 ? Source::file : Source::update;
  }

  fs::path directory_;
  ledger::Reader reader_;
};

// The kept rows of a ledger at its present size, handed out on two threads.
class RowsOf {
 public:
  explicit RowsOf(const test::AdmittingLedger& ledger)
      : reader_(*ledger::Reader::open(ledger.directory())),
        source_(reader_),
        cache_(ledger.directory() / "cache"),
        components_(cache_, reader_) {}

  ledger::Result<bool> hand_out(ReadModel model,
                                const std::function<void(std::string_view)>& use) const {
    return RowCache(cache_, reader_, components_).hand_out(model, source_, 2, use);
  }

 private:
  ledger::Reader reader_;
  LogSource source_;
  fs::path cache_;
  ComponentCache components_;
};

fs::path folder_of(const test::AdmittingLedger& ledger, ReadModel model) {
  return ledger.directory() / "cache" / "rows" / name_of(model);
}

// The file of the rows at the present size.
fs::path file_of(const test::AdmittingLedger& ledger, ReadModel model) {
  const auto reader = *ledger::Reader::open(ledger.directory());
  return folder_of(ledger, model) / std::to_string(reader.size().value);
}

}  // namespace

TEST_CASE("all rows are kept, continued with what was appended, and asked of any size") {
  test::AdmittingLedger ledger("ledger.example/north");
  append(ledger, 0, half);
  for (const auto model : read_models) {
    CAPTURE(name_of(model));
    Present present(ledger);
    CHECK(present.ask(model) == Source::replay);
    CHECK(present.ask(model) == Source::file);
    CHECK(present.ask_at(model, half - 10) == Source::replay);  // nothing is kept of so small a log
    CHECK(present.ask_at(model, half - 10) == Source::file);
    CHECK(present.ask(model) == Source::file);
  }
  append(ledger, half, half + 20);
  Present present(ledger);
  std::size_t updates = 0;
  for (const auto model : read_models) {
    CAPTURE(name_of(model));
    CHECK(present.ask_at(model, half) == Source::file);
    // One event's dealer may have more in its books than is worth it.
    if (present.ask_at(model, half + 1) == Source::update) ++updates;
    CHECK(present.ask_at(model, half) == Source::file);
    present.ask(model);
  }
  CHECK(updates >= 7);
}

TEST_CASE("a cut is answered by the nearest smaller size, of which few are kept") {
  constexpr auto model = ReadModel::entitlements;
  test::AdmittingLedger ledger("ledger.example/north");
  append(ledger, 0, half);
  Present present(ledger);
  const auto sizes = [&] {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_of(ledger, model))) {
      names.insert(entry.path().filename().string());
    }
    return names;
  };
  CHECK(present.ask(model) == Source::replay);
  CHECK(present.ask_at(model, 3'000) == Source::replay);
  CHECK(present.ask_at(model, 3'005) == Source::update);
  CHECK(present.ask_at(model, 2'999) == Source::replay);
  CHECK(present.ask_at(model, 1'000) == Source::replay);
  CHECK(sizes().size() == RowCache::sizes_kept_max);
  CHECK(sizes().count("6000") == 1);
  CHECK(present.ask_at(model, 1'000) == Source::file);
  CHECK(present.ask(model) == Source::file);

  // Which events a cut needs is kept for the whole.
  CHECK(fs::exists(ledger.directory() / "cache" / "components"));

  // What is nearer and not sound is passed over, and so is what is no size.
  test::put(folder_of(ledger, model) / "3000", "nothing of the kind");
  test::put(folder_of(ledger, model) / "03001", "nor this");
  CHECK(present.ask_at(model, 3'001) == Source::update);
  // What is not sound at the very size is written anew, however cheap its rows are.
  present.ask_at(model, half - 1);
  REQUIRE(fs::exists(folder_of(ledger, model) / std::to_string(half - 1)));
  test::put(file_of(ledger, model), "nothing of the kind");
  CHECK(present.ask(model) == Source::update);
  CHECK(present.ask(model) == Source::file);
}

TEST_CASE("rows that change while they are handed out are told of") {
  constexpr auto model = ReadModel::obligations;
  test::AdmittingLedger ledger("ledger.example/north");
  append(ledger, 0, half);
  Present present(ledger);
  CHECK(present.ask(model) == Source::replay);
  const auto path = file_of(ledger, model);
  REQUIRE(fs::file_size(path) > CheckedFile::block_bytes + 1'000);  // more than one block

  const RowsOf rows(ledger);
  std::vector<std::string> pieces;
  const auto told = rows.hand_out(model, [&](std::string_view text) {
    pieces.emplace_back(text);
    fs::resize_file(path, CheckedFile::block_bytes);
  });
  REQUIRE_FALSE(told);
  CHECK(told.error().code == ledger::ErrorCode::unavailable);
  CHECK(pieces.size() == 1);
  CHECK(present.ask(model) == Source::replay);
}

TEST_CASE("rows of many megabytes and their days are told apart", "[threads]") {
  constexpr auto model = ReadModel::filings;
  constexpr std::uint32_t count = 200'000;
  test::AdmittingLedger ledger("ledger.example/north");
  append(ledger, 0, 900);
  CHECK(Present(ledger).ask(model) == Source::replay);
  const auto path = file_of(ledger, model);
  auto head = CheckedFile::open(path, "tallyrw1")->head();
  constexpr std::size_t count_in_head = 104;
  std::memcpy(head.data() + count_in_head, &count, sizeof count);
  // Days that look like line ends, and do not end with a block.
  const std::vector<std::int32_t> days(count, 0x0A0A0A0A);
  std::string text;
  for (std::uint32_t row = 0; row < count; ++row) {
    text += "a filing of number " + std::to_string(row) + "\n";
  }
  const std::vector<ledger::Bytes> parts{std::as_bytes(std::span(days)),
                                         std::as_bytes(std::span(text))};
  CheckedFile::write(path, "tallyrw1", head, parts);

  std::string handed_out;
  const auto is_kept =
      RowsOf(ledger).hand_out(model, [&](std::string_view piece) { handed_out += piece; });
  REQUIRE(is_kept);
  CHECK(*is_kept);
  CHECK(handed_out == text);
}

TEST_CASE("nothing that happens to a file of rows changes an answer") {
  constexpr auto model = ReadModel::filings;  // the days of its rows are kept, too
  test::AdmittingLedger ledger("ledger.example/north");
  append(ledger, 0, 900);
  Present present(ledger);
  const auto path = file_of(ledger, model);
  CHECK(present.ask(model) == Source::replay);
  const auto sound = test::bytes_of_file(path);
  REQUIRE(sound.size() > 1'000);
  const auto is_refused = [&](const std::string& bytes) {
    test::put(path, bytes);
    CHECK(present.ask(model) == Source::replay);
    CHECK(test::bytes_of_file(path) == sound);
  };

  SECTION("no bit of it can flip") {
    test::flip_bits(sound, 200, sound.size() / 40, is_refused);
  }
  SECTION("nor can it lose its end, or get another") {
    test::change_length(sound, is_refused);
  }
  SECTION("what is sound and of another code, root, model, size or number of rows is not used") {
    const auto file = CheckedFile::open(path, "tallyrw1");
    REQUIRE(file);
    REQUIRE(file->load(0, file->size()));
    test::change_head(path, "tallyrw1", {0, 64, 96, 100, 104, 107}, [&] {
      CHECK(present.ask(model) == Source::replay);
      CHECK(test::bytes_of_file(path) == sound);
    });
    // Rows that do not end.
    const std::vector<ledger::Bytes> cut{{file->data(), file->size() - 1}};
    CheckedFile::write(path, "tallyrw1", file->head(), cut);
    CHECK(present.ask(model) == Source::replay);
    const std::string more = "x";
    const std::vector<ledger::Bytes> longer{{file->data(), file->size()},
                                            std::as_bytes(std::span(more))};
    CheckedFile::write(path, "tallyrw1", file->head(), longer);
    CHECK(present.ask(model) == Source::replay);
  }
  SECTION("another model's rows are not taken for its own") {
    CHECK(present.ask(ReadModel::bills) == Source::replay);
    is_refused(test::bytes_of_file(file_of(ledger, ReadModel::bills)));
  }
  SECTION("nor those of another ledger, or of a longer one") {
    test::AdmittingLedger other("ledger.example/north");
    append(other, 0, 897);
    fs::create_directories(file_of(other, model).parent_path());
    test::put(file_of(other, model), sound);
    CHECK(Present(other).ask(model) == Source::replay);
    append(other, 897, 900);
    // Clocks of appending are among what is hashed.
    test::put(file_of(other, model), sound);
    Present twin(other);
    REQUIRE(twin.root() != present.root());
    CHECK(twin.ask(model) == Source::update);  // of what was kept at 897
  }
  SECTION("a writer that was killed leaves nothing that is taken for it") {
    fs::remove(path);
    test::put(path.parent_path() / "unfinished", sound.substr(0, sound.size() / 2));
    CHECK(present.ask(model) == Source::replay);
    CHECK(test::bytes_of_file(path) == sound);
  }
  SECTION("what another program kept in the place of the folder makes room") {
    fs::remove_all(path.parent_path());
    test::put(path.parent_path(), sound);
    CHECK(present.ask(model) == Source::replay);
    CHECK(test::bytes_of_file(path) == sound);
  }
  SECTION("where nothing can be written, nothing is kept") {
    const auto rows = path.parent_path().parent_path();
    fs::remove_all(rows);
    test::put(rows, "a file in the place of the folder");
    CHECK(present.ask(model) == Source::replay);
    CHECK(present.ask(model) == Source::replay);
  }
}

}  // namespace projections

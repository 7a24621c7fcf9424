#include "cli/event_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>
#include <memory>

#include "cli/event_line.h"
#include "cli/intake.h"
#include "tests/ledger/sample.h"

namespace cli {
namespace {

using ledger::test::mileage_line;
using ledger::test::value_of;
using ::test::Scratch;

// What a line came to: its event as built, or why it was refused.
struct Outcome {
  std::string file;
  std::uint64_t line;
  std::string what;
  bool refused;

  bool operator==(const Outcome&) const = default;
};

std::string text_of(const ledger::Batch& batch) {
  std::string text;
  for (std::size_t position = 0; position < batch.count(); ++position) {
    text += ledger::text_of(batch.entry(position));
  }
  return text;
}

// A file whose lines are good, refused, blank and too long by turns, in no simple rhythm.
std::string lines_of_all_kinds(std::uint64_t count) {
  std::string text = "\xEF\xBB\xBF";
  for (std::uint64_t number = 0; number < count; ++number) {
    if (number % 11 == 3) text += " \t";
    if (number % 37 == 5) text += R"({"specversion":"2.0"})";
    if (number % 53 == 7) text += mileage_line("v" + std::to_string(number), 3, -1);
    if (number == count / 2) text.append(LineReader::line_bytes_max + 17, 'x');
    if (number == count / 3) text.append(3 * LineReader::line_bytes_max, 'y');
    if (number % 11 != 3 && number % 37 != 5 && number % 53 != 7 && number != count / 2 &&
        number != count / 3) {
      text += mileage_line("e" + std::to_string(number), static_cast<unsigned>(number % 9),
                           static_cast<int>(number));
    }
    text += number % 5 == 0 ? "\r\n" : "\n";
  }
  return text;
}

// One line after the other, on this thread.
std::vector<Outcome> plainly_read(const std::string& file) {
  auto reader = value_of(LineReader::open(file));
  ledger::Encoder encoder;
  std::vector<Outcome> outcomes;
  while (const auto line = value_of(reader.next())) {
    if (is_blank(*line)) continue;
    ledger::Batch batch;
    const auto why = encode_line(*line, encoder, batch);
    outcomes.push_back({file, line->number, why ? why->en : text_of(batch), why.has_value()});
  }
  return outcomes;
}

class Reading {
 public:
  explicit Reading(std::size_t threads) {
    Arguments arguments;
    arguments.set("--threads", {std::to_string(threads)});
    format_ = std::get<EventFiles>(value_of(EventFiles::from(arguments, console_)));
  }

  ledger::Status read(const std::vector<std::string>& files, const TakeEvents& take) {
    Progress progress(console_, "", 0);
    return format_->read(files, take, progress, console_);
  }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  std::unique_ptr<std::FILE, Close> nowhere_{std::fopen("/dev/null", "w")};
  Console console_{nowhere_.get(), nowhere_.get(), Language::english};
  std::optional<EventFiles> format_;
};

void write(const std::string& path, std::string_view text) {
  std::ofstream(path, std::ios::binary)
      .write(text.data(), static_cast<std::streamsize>(text.size()));
}

}  // namespace

TEST_CASE("lines come to the same in the same order, whatever the threads", "[threads]") {
  const Scratch scratch;
  const auto one = (scratch.path() / "one.jsonl").string();
  const auto two = (scratch.path() / "two.jsonl").string();
  write(one, lines_of_all_kinds(4'000));
  write(two, lines_of_all_kinds(1'000));
  auto wanted = plainly_read(one);
  for (auto& outcome : plainly_read(two)) wanted.push_back(std::move(outcome));

  const auto threads = GENERATE(1U, 2U, 3U, 8U);
  CAPTURE(threads);
  std::vector<Outcome> got;
  ledger::Encoder encoder;
  const auto take = [&](const std::string& file, std::uint64_t line,
                        const EncodeEvents& encode) -> ledger::Result<bool> {
    ledger::Batch batch;
    const auto why = encode(encoder, batch);
    got.push_back({file, line, why ? why->en : text_of(batch), why.has_value()});
    return true;
  };
  REQUIRE(Reading(threads).read({one, two}, take));
  CHECK((got == wanted));
}

TEST_CASE("who wants no more lines gets none, and an error ends the reading", "[threads]") {
  const Scratch scratch;
  const auto file = (scratch.path() / "events.jsonl").string();
  write(file, lines_of_all_kinds(3'000));
  const auto last = GENERATE(1, 2, 700, 1'500);
  CAPTURE(last);
  int taken = 0;
  CHECK(Reading(2).read({file, file},
                        [&](auto&&...) -> ledger::Result<bool> { return ++taken < last; }));
  CHECK(taken == last);
  taken = 0;
  const auto failed = Reading(2).read({file}, [&](auto&&...) -> ledger::Result<bool> {
    if (++taken < last) return true;
    return ledger::Error{ledger::ErrorCode::unavailable, std::string("enough")};
  });
  REQUIRE(!failed);
  CHECK(failed.error().message.en == "enough");
  CHECK(taken == last);
}

TEST_CASE("a file that cannot be read through is told", "[threads]") {
  Reading reading(2);
  const auto failed =
      reading.read({"/proc/self/mem"}, [](auto&&...) -> ledger::Result<bool> { return true; });
  REQUIRE(!failed);
  CHECK(failed.error().code == ledger::ErrorCode::unavailable);
}

// Who writes the second line only after the first was taken would else wait for ever.
TEST_CASE("lines of a pipe are handed over before more is waited for", "[threads]") {
  const Scratch scratch;
  const auto path = (scratch.path() / "pipe").string();
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  const int writer = ::open(path.c_str(), O_RDWR | O_CLOEXEC);  // waits for no reader
  REQUIRE(writer >= 0);
  const auto send = [&](int id) {
    const auto line = mileage_line("e" + std::to_string(id), 1, id) + "\n";
    REQUIRE(::write(writer, line.data(), line.size()) == static_cast<ssize_t>(line.size()));
  };
  constexpr int lines = 20;
  int taken = 0;
  send(0);
  CHECK(Reading(2).read({path}, [&](auto&&...) -> ledger::Result<bool> {
    if (++taken == lines) return false;
    send(taken);
    return true;
  }));
  CHECK(taken == lines);
  ::close(writer);
}

TEST_CASE("an import leaves the same log and the same refusals, whatever the threads and batches",
          "[threads]") {
  const Scratch scratch;
  const auto good = (scratch.path() / "good.jsonl").string();
  const auto bad = (scratch.path() / "bad.jsonl").string();
  std::string text;
  for (int number = 0; number < 1'500; ++number) {
    text += mileage_line("e" + std::to_string(number), static_cast<unsigned>(number) % 50, number);
    text += '\n';
  }
  const auto third = text.substr(0, text.find('\n', text.size() / 3) + 1);
  const auto again = static_cast<std::uint64_t>(std::count(third.begin(), third.end(), '\n'));
  write(good, text + third);
  // Refused by the log, which is found out later than what is wrong with a line itself.
  const auto clash = mileage_line("e7", 3, 999'999) + "\n";
  std::string clashing;
  for (int number = 0; number < 2'000; ++number) {
    if (number == 333 || number == 334) clashing += clash;
    clashing += mileage_line("c" + std::to_string(number), 3, number) + "\n";
    if (number == 1'500) clashing += "no event\n";
  }
  const bool clashes = GENERATE(false, true);
  write(bad, clashes ? clashing : lines_of_all_kinds(2'000));

  struct Import {
    ledger::Hash root;
    ledger::TreeSize size;
    IntakeCounts counts;
    std::vector<std::string> told;
  };

  const auto import = [&](std::size_t threads, std::size_t batch) {
    const Scratch folder;
    const auto log =
        ledger::test::open_log(folder.path() / "ledger", {.now_ns = ledger::test::ticking_clock()});
    Import outcome;
    Intake intake(
        *log, batch, [](ledger::TreeSize) {},
        [&](const RefusedLine& refused) {
          outcome.told.push_back(refused.file + std::to_string(refused.line) + refused.why.en);
        });
    const auto take = [&](const auto& file, auto line, const auto& encode) {
      return intake.take(file, line, encode);
    };
    const auto read = Reading(threads).read({good, bad}, take);
    const auto finished = read ? intake.finish() : intake.await();
    CHECK((read && finished) != clashes);
    outcome.counts = intake.counts();
    outcome.size = log->size();
    outcome.root = value_of(log->reader().root());
    return outcome;
  };
  const auto batch = GENERATE(1U, 64U, 1'000U);
  const auto wanted = import(1, batch);
  CHECK(wanted.counts.refused > 0);
  CHECK(wanted.counts.repeated > 0);
  if (clashes) {
    CHECK(wanted.told.size() <= 2);
    // Of the batches, those before the first with a clash.
    const auto lines = (1'500 + again + 333) / batch * batch;
    CHECK(wanted.size.value == std::max<std::uint64_t>(1'500, lines - again));
  }
  const auto threads = GENERATE(2U, 3U, 8U);
  CAPTURE(batch, threads);
  const auto got = import(threads, batch);
  CHECK(got.root == wanted.root);
  CHECK(got.size == wanted.size);
  CHECK(got.told == wanted.told);
  CHECK(got.counts.added == wanted.counts.added);
  CHECK(got.counts.repeated == wanted.counts.repeated);
  CHECK(got.counts.refused == wanted.counts.refused);
}

}  // namespace cli

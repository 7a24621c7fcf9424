#include "tests/ledger/sample.h"

#include <cstdio>
#include <fstream>
#include <map>
#include <utility>

#include "ledger/codec.h"

namespace ledger::test {
namespace {

namespace fs = std::filesystem;

std::string vin(unsigned vehicle) {
  char text[32];
  std::snprintf(text, sizeof text, "LSVAA%012u", vehicle);
  return text;
}

std::string line(std::string_view id, std::string_view type, unsigned vehicle,
                 std::string_view data) {
  std::string text = R"({"specversion":"1.0","id":")";
  text.append(id).append(R"(","source":"dms/D001","type":")").append(type);
  text.append(R"(","subject":")").append(vehicle_subject(vehicle));
  // The time says something of the vehicle, so that ranges of time select some of them.
  char time[64];
  std::snprintf(time, sizeof time, "2017-%02u-%02uT10:00:00+08:00", vehicle % 12 + 1,
                vehicle % 28 + 1);
  text.append(R"(","time":")").append(time).append(R"(","data":{"vin":")").append(vin(vehicle));
  return text.append("\"").append(data).append("}}");
}

// When each file below a directory was written last, and its size; less the files that went as
// they were looked at.
using Files = std::map<fs::path, std::pair<fs::file_time_type, std::uintmax_t>>;

Files files_below(const fs::path& directory) {
  Files files;
  std::error_code gone;
  for (const auto& entry : fs::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file(gone)) continue;
    const auto written = fs::last_write_time(entry.path(), gone);
    if (gone) continue;
    const auto size = fs::file_size(entry.path(), gone);
    if (!gone) files.emplace(entry.path(), std::pair(written, size));
  }
  return files;
}

}  // namespace

void add_line(Batch& batch, std::string_view line) {
  Encoder encoder;
  const auto refusal = encoder.add(line, batch);
  if (refusal) FAIL(refusal->message().en);
}

std::string mileage_line(std::string_view id, unsigned vehicle, int km) {
  return line(id, "vehicle.mileage_reported", vehicle,
              R"(,"km":)" + std::to_string(km) + R"(,"telemetry":true)");
}

std::string warranty_line(std::string_view id, unsigned vehicle) {
  return line(id, "vehicle.warranty_started", vehicle, "");
}

std::string vehicle_subject(unsigned vehicle) {
  return "vehicle/" + vin(vehicle);
}

Batch batch_of(std::string_view line) {
  Batch batch;
  add_line(batch, line);
  return batch;
}

Batch mileage_batch(std::uint64_t first, std::uint64_t count, unsigned vehicles) {
  Encoder encoder;
  Batch batch;
  for (auto number = first; number < first + count; ++number) {
    const auto refusal = encoder.add(
        mileage_line("e" + std::to_string(number), static_cast<unsigned>(number % vehicles),
                     static_cast<int>(number)),
        batch);
    if (refusal) FAIL(refusal->field);
  }
  return batch;
}

std::function<std::int64_t()> ticking_clock() {
  return [now = std::int64_t{1'500'000'000'000'000'000}]() mutable { return now += 1'000'000'000; };
}

std::unique_ptr<Log> open_log(const std::filesystem::path& directory, Log::Options options) {
  if (!std::filesystem::exists(directory / "config.toml")) {
    value_of(Log::create(directory, sample_origin));
  }
  return value_of(Log::open(directory, std::move(options)));
}

void make_ledger_of_600(const std::filesystem::path& directory) {
  const auto log =
      open_log(directory, {.now_ns = ticking_clock(), .checkpoint_delay = std::chrono::hours(1)});
  value_of(log->append(mileage_batch(0, 200, 7)));
  value_of(log->sign_checkpoint());
  value_of(log->append(mileage_batch(200, 400, 7)));
}

void falsify(std::span<std::byte> entry) {
  const auto* event = flatbuffers::GetRoot<schema::Event>(entry.data());
  auto* payload = flatbuffers::GetMutableRoot<schema::VehicleMileageReported>(
      const_cast<std::uint8_t*>(event->payload()->data()));
  REQUIRE(payload->mutate_km(payload->km() + 1));
}

std::vector<Finding::Where> places(const Verification& verification) {
  std::vector<Finding::Where> where;
  for (const auto& finding : verification.findings) {
    UNSCOPED_INFO(name_of(finding.where)
                  << ": expected " << finding.expected.en << ", found " << finding.found.en);
    where.push_back(finding.where);
  }
  return where;
}

void copy_running(const fs::path& from, const fs::path& to) {
  bool still = false;
  for (unsigned tries = 0; !still; ++tries) {
    REQUIRE(tries < 1'000);
    fs::remove_all(to);
    const auto before = files_below(from);
    std::error_code failed;
    fs::copy(from, to, fs::copy_options::recursive, failed);
    if (failed && failed != std::errc::no_such_file_or_directory) FAIL(failed.message());
    still = !failed && files_below(from) == before;
  }
}

void flip_bit(const std::filesystem::path& path, std::uintmax_t offset) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(static_cast<std::streamoff>(offset));
  const auto byte = static_cast<char>(file.get() ^ 0x10);
  file.seekp(static_cast<std::streamoff>(offset));
  file.put(byte);
  REQUIRE(file.good());
}

}  // namespace ledger::test

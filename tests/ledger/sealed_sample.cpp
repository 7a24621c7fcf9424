#include "tests/ledger/sealed_sample.h"

#include <optional>

#include "ledger/codec.h"
#include "ledger/durable_file.h"
#include "ledger/sealed_scan.h"
#include "ledger/unsealer.h"

namespace ledger::test {

VaultKey sample_vault_key() {
  VaultKey key{};
  key.bytes.fill(std::byte{0x5e});
  return key;
}

std::unique_ptr<Log> sealed_log(const std::filesystem::path& directory) {
  if (!std::filesystem::exists(directory / "config.toml")) {
    value_of(Log::create(directory, sample_origin, sample_vault_key()));
  }
  Log::Options options;
  options.now_ns = ticking_clock();
  options.vault_key = sample_vault_key();
  return value_of(Log::open(directory, std::move(options)));
}

std::string event_line(std::string_view id, std::string_view type, std::string_view subject,
                       std::string_view data) {
  std::string text = R"({"specversion":"1.0","id":")";
  text.append(id).append(R"(","source":"dms/D001","type":")").append(type);
  text.append(R"(","subject":")").append(subject);
  text.append(R"(","time":"2017-03-01T09:00:00+08:00","data":{)").append(data);
  return text.append("}}");
}

std::string registration(std::string_view id, std::string_view owner, std::string_view plate) {
  return event_line(id, "vehicle.registered", "vehicle/LSVAA000000000042",
                    R"("vin":"LSVAA000000000042","plate":")" + std::string(plate) +
                        R"(","owner":")" + std::string(owner) + "\"");
}

std::string taxi(std::string_view id, std::string_view customer, std::string_view name,
                 std::string_view phone) {
  return event_line(id, "customer.registered", "customer/" + std::string(customer),
                    R"("customer":")" + std::string(customer) + R"(","name":")" +
                        std::string(name) + R"(","class":"taxi","phone":")" + std::string(phone) +
                        "\"");
}

std::string manager(std::string_view id, std::string_view verb, std::string_view name) {
  return event_line(id, "dealer.manager_" + std::string(verb), "dealer/D001",
                    R"("dealer":"D001","person":")" + std::string(name) + "\"");
}

Result<Appended> append(Log& log, const std::vector<std::string>& lines) {
  Batch batch;
  for (const auto& one : lines) add_line(batch, one);
  return log.append(batch);
}

std::vector<std::string> shown(const Reader& reader, const Vault* vault) {
  std::vector<std::string> lines;
  std::optional<Unsealer> unsealer;
  if (vault != nullptr) unsealer.emplace(*vault, reader);
  REQUIRE(reader.scan({}, [&](const Entry& stored) -> Status {
    auto entry = stored;
    if (unsealer) entry = TRY(unsealer->open(stored));
    append_json(entry, lines.emplace_back());
    return Ok{};
  }));
  return lines;
}

std::string person_in(const Reader& reader, std::uint64_t index) {
  std::string person;
  REQUIRE(each_sealed(
      reader, [&](const Entry& entry, const FieldRule&, const schema::Personal& sealed) -> Status {
        if (entry.index.value == index) person = sealed.person()->str();
        return Ok{};
      }));
  return person;
}

std::vector<std::string> files_with(const std::vector<std::filesystem::path>& directories,
                                    std::string_view text) {
  std::vector<std::string> found;
  for (const auto& directory : directories) {
    for (const auto& file : std::filesystem::recursive_directory_iterator(directory)) {
      if (!file.is_regular_file()) continue;
      const auto content = value_of(read_file(file.path()));
      if (content.find(text) != std::string::npos) found.push_back(file.path().string());
    }
  }
  return found;
}

}  // namespace ledger::test

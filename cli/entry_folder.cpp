#include "cli/entry_folder.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>
#include <system_error>

#include "cli/input_file.h"
#include "ledger/codec.h"
#include "ledger/durable_file.h"
#include "ledger/proof/hash.h"
#include "ledger/proof/proof_file.h"
#include "ledger/proof/text.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
namespace proof = ledger::proof;

constexpr std::string_view entry_ending = ".entry";
constexpr std::string_view proof_ending = ".tlog-proof";
constexpr std::size_t batch_files_max = 512;

fs::path file_of(const fs::path& folder, ledger::Sequence index, std::string_view ending) {
  return folder / (std::to_string(index.value) + std::string(ending));
}

ledger::Error unproven(ledger::Sequence index, const ledger::Message& why) {
  return {ledger::ErrorCode::corrupt,
          ledger::worded("entry {}: {}", "条目 {}：{}", index.value, why)};
}

}  // namespace

ledger::Status write_entries(const fs::path& folder, const ledger::Reader& reader,
                             ledger::LogProver& prover,
                             const std::vector<ledger::Sequence>& indexes) {
  ledger::FileBatch batch;
  const auto write = [&](const ledger::Entry& entry) -> ledger::Status {
    const auto made = TRY(prover.prove_entry(entry.index));
    TRY(batch.add(file_of(folder, entry.index, entry_ending), ledger::text_of(entry.bytes)));
    TRY(batch.add(file_of(folder, entry.index, proof_ending), format(made)));
    if (batch.size() < batch_files_max) return ledger::Ok{};
    return batch.commit();
  };
  TRY(reader.read_each(indexes, write));
  return batch.commit();
}

ledger::Status read_entry(const fs::path& folder, ledger::Sequence index,
                          const proof::TreeHead& tree, Console& console,
                          const std::function<ledger::Status(const ledger::Entry&)>& use) {
  const auto entry_file = file_of(folder, index, entry_ending).string();
  const auto bytes = read_input("--entries", entry_file, console);
  if (!bytes) {
    return unproven(index, ledger::worded("it is listed and withheld. {}", "已列出但未提供。{}",
                                          bytes.error().message));
  }
  const auto text = read_input("--entries", file_of(folder, index, proof_ending).string(), console);
  if (!text) {
    return unproven(
        index, ledger::worded("its proof is missing. {}", "缺少其证明。{}", text.error().message));
  }
  const auto file = proof::parse_proof_file(*text);
  if (!file) return unproven(index, file.error().message);
  const auto leaf = proof::hash_leaf(ledger::bytes_of(*bytes));
  // By the root that is trusted, whatever checkpoint the proof came with.
  const auto included = proof::verify_inclusion(index, leaf, tree, file->hashes);
  if (!included) return unproven(index, included.error().message);
  std::vector<std::uint64_t> aligned((bytes->size() + 7) / 8);
  std::memcpy(aligned.data(), bytes->data(), bytes->size());
  const auto entry =
      TRY(ledger::decode(index, std::as_bytes(std::span(aligned)).first(bytes->size())));
  return use(entry);
}

std::vector<ledger::Sequence> indexes_in(const fs::path& folder) {
  std::vector<ledger::Sequence> indexes;
  std::error_code code;
  for (fs::directory_iterator file(folder, code), end; !code && file != end; file.increment(code)) {
    if (file->path().extension() != entry_ending) continue;
    const auto index = proof::parse_decimal(file->path().stem().string());
    if (index) indexes.push_back(ledger::Sequence{*index});
  }
  std::sort(indexes.begin(), indexes.end());
  return indexes;
}

}  // namespace cli

#include "cli/demo/tamper.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/open_ledger.h"
#include "ledger/reader.h"

namespace cli::demo {
namespace {

namespace schema = ledger::schema;

// The entry to forge: where it stands, its bytes and its amount.
struct Target {
  ledger::Sequence index;
  std::string bytes;
  std::int64_t amount_fen;
};

ledger::Result<Target> find_target(const std::filesystem::path& ledger, std::string_view order) {
  const auto reader = TRY(ledger::Reader::open(ledger));
  ledger::Selection settlements;
  settlements.types.emplace().set(static_cast<std::size_t>(schema::Payload::SettlementApproved));
  std::optional<Target> target;
  TRY(reader.scan(settlements, [&](const ledger::Entry& entry) -> ledger::Status {
    const auto& grant = entry.payload<schema::SettlementApproved>();
    if (!target && grant.order()->string_view() == order) {
      target = Target{entry.index, std::string(ledger::text_of(entry.bytes)), grant.amount_fen()};
    }
    return ledger::Ok{};
  }));
  if (target) return *std::move(target);
  return ledger::Error{ledger::ErrorCode::not_found,
                       ledger::worded("no settlement.approved of order {} to forge",
                                      "没有订单 {} 的 settlement.approved 可供篡改", order)};
}

// `value` as FlatBuffers stores it, least byte first.
std::string little_endian(std::int64_t value) {
  std::string bytes;
  for (unsigned shift = 0; shift < 64; shift += 8) {
    bytes += static_cast<char>(static_cast<std::uint64_t>(value) >> shift & 0xFFU);
  }
  return bytes;
}

std::string big_endian(std::uint64_t value) {
  auto bytes = little_endian(static_cast<std::int64_t>(value));
  std::reverse(bytes.begin(), bytes.end());
  return bytes;
}

}  // namespace

ledger::Result<Forgery> forge_settlement(const std::filesystem::path& ledger,
                                         std::string_view order) {
  const auto target = TRY(find_target(ledger, order));
  const auto amount_at = target.bytes.find(little_endian(target.amount_fen));
  const auto offset = amount_at + 2;  // the third byte: some hundred yuan and up
  const auto before = static_cast<unsigned char>(target.bytes[offset]);
  const auto after = static_cast<unsigned char>(before ^ 0x80U);
  const auto difference = (std::int64_t{after} - std::int64_t{before}) * 65'536;

  const auto open = TRY(ledger::open_ledger(ledger, ledger::Store::Mode::write));
  const auto key = big_endian(target.index.value);
  auto cursor = open->store->cursor(ledger::Table::frames, ledger::Store::Pattern::few);
  cursor.seek_back(ledger::bytes_of(key));
  std::string frame(ledger::text_of(cursor.value()));
  const std::string frame_key(ledger::text_of(cursor.key()));
  frame[frame.find(target.bytes) + offset] = static_cast<char>(after);
  ledger::WriteGroup write(*open->store);
  write.put(ledger::Table::frames, ledger::bytes_of(frame_key), ledger::bytes_of(frame));
  TRY(open->store->write(std::move(write)));
  return Forgery{
      target.index, offset, before, after, target.amount_fen, target.amount_fen + difference};
}

}  // namespace cli::demo

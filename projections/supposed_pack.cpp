#include "projections/supposed_pack.h"

#include "ledger/base/time.h"
#include "ledger/codec.h"
#include "projections/json.h"
#include "projections/policy/pack.h"

namespace projections {
namespace {

using ledger::Entry;
using ledger::Ok;
using ledger::Result;
using ledger::Status;
namespace schema = ledger::schema;

constexpr std::int64_t ns_per_day = 86'400'000'000'000;
constexpr std::int16_t beijing_minutes = 8 * 60;
constexpr std::int64_t beijing_ns = std::int64_t{beijing_minutes} * 60'000'000'000;

// The event that publishes `document`, in the outside form.
std::string publication(const policy::Pack& pack, std::string_view document, std::int64_t ns,
                        std::size_t number) {
  ledger::Timestamp time;
  time.ns = ns;
  time.offset_minutes = beijing_minutes;
  std::string data;
  JsonObject fields(data);
  fields.text("policy", pack.policy);
  fields.number("version", pack.version);
  fields.text("document", document);
  fields.close();
  std::string line;
  JsonObject event(line);
  event.text("specversion", "1.0");
  event.text("id", "pack-" + std::to_string(number));
  event.text("source", "tally/what-if");
  event.text("type", "policy.published");
  event.text("subject", "policy/" + pack.policy);
  event.text("time", to_string(time));
  event.raw("data", data);
  event.close();
  return line;
}

}  // namespace

Result<SupposedPack> suppose_pack(std::string_view document, OverlaySource& overlay) {
  const auto pack = TRY(policy::parse_pack(document));
  SupposedPack supposed{pack.policy, pack.version, false};
  auto ns = pack.effective_from.days * ns_per_day - beijing_ns;
  std::vector<ledger::Sequence> replaced;
  TRY(overlay.scan(schema::Payload::PolicyPublished, [&](const Entry& entry) -> Status {
    const auto& data = entry.payload<schema::PolicyPublished>();
    if (data.version() != pack.version || data.policy()->string_view() != pack.policy) return Ok{};
    replaced.push_back(entry.index);
    ns = entry.event->time()->ns();
    return Ok{};
  }));
  supposed.replaces = !replaced.empty();
  overlay.exclude(replaced);

  ledger::Encoder encoder;
  ledger::Batch batch;
  const auto line = publication(pack, document, ns, overlay.added_count() + 1);
  if (const auto refusal = encoder.add(line, batch)) {
    return ledger::refused(*refusal);
  }
  TRY(overlay.add(batch));
  return supposed;
}

}  // namespace projections

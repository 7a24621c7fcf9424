#include "projections/admission.h"

#include <fmt/format.h>

#include <optional>
#include <string>

#include "projections/policy/pack.h"

namespace projections {
namespace {

using ledger::Entry;
using ledger::EventType;
using ledger::Ok;
using ledger::Pending;
using ledger::Sequence;
using ledger::Status;
namespace schema = ledger::schema;

// The refusal of an event on account of one field.
ledger::Error refused(std::string_view field, std::string_view got, std::string_view wanted) {
  return {ledger::ErrorCode::invalid, fmt::format("{}: got {}, wanted {}", field, got, wanted)};
}

// Refuses `event` when its version stands in the stream already, at `at` or before.
Status check_unpublished(const Entry& event, const Pending& before, std::optional<Sequence> at) {
  const auto version = event.payload<schema::PolicyPublished>().version();
  while (at) {
    std::int64_t previous = -1;
    const auto look = [&](const Entry& older) -> Status {
      previous = older.event->previous();
      if (older.type() != EventType::PolicyPublished) return Ok{};
      if (older.payload<schema::PolicyPublished>().version() != version) return Ok{};
      return refused("data.version",
                     fmt::format("{}, published at index {}", version, older.index.value),
                     "a version not published yet; a version never changes, so publish the next");
    };
    TRY(before.read(*at, look));
    at =
        previous < 0 ? std::nullopt : std::optional{Sequence{static_cast<std::uint64_t>(previous)}};
  }
  return Ok{};
}

Status admit_pack(const Entry& event, const Pending& before) {
  const auto& data = event.payload<schema::PolicyPublished>();
  const auto pack = policy::parse_pack(data.document()->string_view());
  if (!pack) {
    return ledger::Error{pack.error().code, fmt::format("data.document: {}", pack.error().message)};
  }
  const auto policy = data.policy()->string_view();
  if (policy != pack->policy) {
    return refused("data.policy", fmt::format("\"{}\"", policy),
                   fmt::format("\"{}\", as the document says", pack->policy));
  }
  if (data.version() != pack->version) {
    return refused("data.version", fmt::format("{}", data.version()),
                   fmt::format("{}, as the document says", pack->version));
  }
  return check_unpublished(event, before, before.last_of(event.event->subject()->string_view()));
}

Status admit_void(const Entry& event, const Pending& before) {
  const auto& data = event.payload<schema::EventVoided>();
  const auto source = data.target_source()->string_view();
  const auto id = data.target_id()->string_view();
  const auto target = before.find(source, id);
  if (!target) {
    return refused("data.target_id", fmt::format("{}#{}, which is not in the log", source, id),
                   "the source and id of an event before this one");
  }
  const auto look = [&](const Entry& voided) -> Status {
    const auto* wanted = "an event that is neither a pack nor a void";
    const auto at = voided.index.value;
    if (voided.type() == EventType::PolicyPublished) {
      return refused("data.target_id", fmt::format("the policy.published at index {}", at),
                     fmt::format("{}; publish a new version of the policy instead", wanted));
    }
    if (voided.type() == EventType::EventVoided) {
      return refused("data.target_id", fmt::format("the event.voided at index {}", at),
                     fmt::format("{}; record the voided fact again instead", wanted));
    }
    return Ok{};
  };
  return before.read(*target, look);
}

}  // namespace

Status admit(const Entry& event, const Pending& before) {
  if (event.type() == EventType::PolicyPublished) return admit_pack(event, before);
  if (event.type() == EventType::EventVoided) return admit_void(event, before);
  return Ok{};
}

}  // namespace projections
